// pipeline: outline-parallel
// The body becomes a function over a range; constants are made again inside.
func.func @copy(%x: memref<?xf64>, %y: memref<?xf64>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    %v = memref.load %x[%i] : memref<?xf64>
    memref.store %v, %y[%i] : memref<?xf64>
    scf.reduce
  } {mlir.grain = 4 : index}
  return
}
// -----
// =>
module {
  func.func @copy(%x: memref<?xf64>, %y: memref<?xf64>, %n: index) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c1_0 = arith.constant 1 : index
    %c0_1 = arith.constant 0 : index
    %c0_2 = arith.constant 0 : index
    call @copy__body(%c0_2, %n, %x, %y) {mlir.parallel = 4 : index} : (index, index, memref<?xf64>, memref<?xf64>) -> ()
    return
  }
  func.func private @copy__body(%arg0: index, %arg1: index, %arg2: memref<?xf64>, %arg3: memref<?xf64>) {
    %c1 = arith.constant 1 : index
    scf.for %arg4 = %arg0 to %arg1 step %c1 {
      %c1_0 = arith.constant 1 : index
      %c0 = arith.constant 0 : index
      %v = memref.load %arg2[%arg4] : memref<?xf64>
      memref.store %v, %arg3[%arg4] : memref<?xf64>
    }
    return
  }
}
