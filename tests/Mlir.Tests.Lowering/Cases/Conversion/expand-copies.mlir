// pipeline: expand-copies
// A copy is a loop over the elements, whatever the strides.
func.func @transposed(%a: memref<?x?xf32, strided<[1, ?]>>, %b: memref<?x?xf32>) {
  memref.copy %a, %b : memref<?x?xf32, strided<[1, ?]>> to memref<?x?xf32>
  return
}
// -----
// =>
module {
  func.func @transposed(%a: memref<?x?xf32, strided<[1, ?]>>, %b: memref<?x?xf32>) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c0_0 = arith.constant 0 : index
    %dim = memref.dim %b, %c0_0 : memref<?x?xf32>
    %c1_0 = arith.constant 1 : index
    %dim_0 = memref.dim %b, %c1_0 : memref<?x?xf32>
    scf.for %arg0 = %c0 to %dim step %c1 {
      scf.for %arg1 = %c0 to %dim_0 step %c1 {
        %0 = memref.load %a[%arg0, %arg1] : memref<?x?xf32, strided<[1, ?]>>
        memref.store %0, %b[%arg0, %arg1] : memref<?x?xf32>
      }
    }
    return
  }
}
