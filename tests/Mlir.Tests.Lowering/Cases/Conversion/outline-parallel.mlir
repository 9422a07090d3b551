// pipeline: outline-parallel
// The loop becomes a function over a range; constants move into it, other values are passed.
func.func @scale(%m: memref<?x?xf64>, %f: f64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %n = memref.dim %m, %c0 : memref<?x?xf64>
  %k = memref.dim %m, %c1 : memref<?x?xf64>
  scf.parallel (%i, %j) = (%c0, %c0) to (%n, %k) step (%c2, %c1) {
    %v = memref.load %m[%i, %j] : memref<?x?xf64>
    %w = arith.mulf %v, %f : f64
    memref.store %w, %m[%i, %j] : memref<?x?xf64>
    scf.reduce
  } {mlir.grain = 64 : i64}
  return
}
// -----
// =>
module {
  func.func @scale(%m: memref<?x?xf64>, %f: f64) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %n = memref.dim %m, %c0 : memref<?x?xf64>
    %k = memref.dim %m, %c1 : memref<?x?xf64>
    %c0_0 = arith.constant 0 : index
    %0 = arith.ceildivsi %n, %c2 : index
    call @scale_body(%c0_0, %0, %k, %m, %f) {mlir.parallel_for = 64 : i64} : (index, index, index, memref<?x?xf64>, f64) -> ()
    return
  }
  func.func private @scale_body(%arg0: index, %arg1: index, %arg2: index, %arg3: memref<?x?xf64>, %arg4: f64) {
    %c0 = arith.constant 0 : index
    %c2 = arith.constant 2 : index
    %c1 = arith.constant 1 : index
    %c1_0 = arith.constant 1 : index
    scf.for %arg5 = %arg0 to %arg1 step %c1_0 {
      %0 = arith.muli %arg5, %c2 : index
      scf.parallel (%arg6) = (%c0) to (%arg2) step (%c1) {
        %v = memref.load %arg3[%0, %arg6] : memref<?x?xf64>
        %w = arith.mulf %v, %arg4 : f64
        memref.store %w, %arg3[%0, %arg6] : memref<?x?xf64>
        scf.reduce
      }
    }
    return
  }
}
