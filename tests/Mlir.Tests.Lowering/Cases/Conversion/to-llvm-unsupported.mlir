// pipeline: convert-to-llvm
// Vectors of two dimensions have to be unrolled before.
func.func @matrix(%m: memref<?x?xf32>, %i: index) {
  %v = vector.load %m[%i, %i] : memref<?x?xf32>, vector<4x4xf32>
  vector.store %v, %m[%i, %i] : memref<?x?xf32>, vector<4x4xf32>
  return
}
// -----
// Tensors are no values of LLVM.
func.func @tensor(%t: tensor<4xf32>) {
  return
}
// -----
// Structured control flow comes before.
func.func @structured(%c: i1) {
  scf.if %c {
  }
  return
}
// -----
// A caller through slots knows no strides.
func.func @strided(%m: memref<?xf32, strided<[?], offset: ?>>) {
  return
}
// -----
// A choice between arrays has no single address.
func.func @choice(%c: i1, %a: memref<?xf32>, %b: memref<?xf32>, %i: index) -> f32 {
  %m = arith.select %c, %a, %b : memref<?xf32>
  %v = memref.load %m[%i] : memref<?xf32>
  return %v : f32
}
