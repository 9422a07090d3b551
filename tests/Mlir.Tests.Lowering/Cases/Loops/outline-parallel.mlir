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
