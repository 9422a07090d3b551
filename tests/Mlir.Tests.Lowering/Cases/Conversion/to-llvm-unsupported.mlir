// pipeline: convert-to-llvm
// Vectors of two dimensions have to be unrolled before.
// fails
func.func @matrix(%m: memref<?x?xf32>, %i: index) {
  %v = vector.load %m[%i, %i] : memref<?x?xf32>, vector<4x4xf32>
  vector.store %v, %m[%i, %i] : memref<?x?xf32>, vector<4x4xf32>
  return
}
// -----
// =>
// <string>(5,8): error MLIR3101: 'vector.load' cannot be turned into LLVM IR: LLVM has no type for vector<4x4xf32>
// -----
// Tensors are no values of LLVM.
// fails
func.func @tensor(%t: tensor<4xf32>) {
  return
}
// -----
// =>
// <string>(3,1): error MLIR3101: 'func.func' cannot be turned into LLVM IR: LLVM has no type for tensor<4xf32>
// -----
// Structured control flow comes before.
// fails
func.func @structured(%c: i1) {
  scf.if %c {
  }
  return
}
// -----
// =>
// <string>(4,3): error MLIR3101: 'scf.if' cannot be turned into LLVM IR: no rule knows it
// -----
// A caller through slots knows no strides.
// fails
func.func @strided(%m: memref<?xf32, strided<[?], offset: ?>>) {
  return
}
// -----
// =>
// <string>(3,1): error MLIR3101: 'func.func' cannot be turned into LLVM IR: a parameter of a public function must be dense, not memref<?xf32, strided<[?], offset: ?>>
// -----
// A choice between arrays has no single address.
// fails
func.func @choice(%c: i1, %a: memref<?xf32>, %b: memref<?xf32>, %i: index) -> f32 {
  %m = arith.select %c, %a, %b : memref<?xf32>
  %v = memref.load %m[%i] : memref<?xf32>
  return %v : f32
}
// -----
// =>
// <string>(4,8): error MLIR3101: 'arith.select' cannot be turned into LLVM IR: a choice between arrays has no single address
