func.func @f(%n: index) {
  // expected-error@+1 {{incorrect number of dynamic sizes, has 1, expected 2}}
  %0 = tensor.empty(%n) : tensor<?x?xf32>
  return
}
// -----
func.func @f(%t: tensor<4x4xf32>, %i: index) {
  // expected-error@+1 {{incorrect number of indices, has 1, expected 2}}
  %0 = tensor.extract %t[%i] : tensor<4x4xf32>
  return
}
// -----
func.func @f(%t: tensor<4xf32>) {
  // expected-error@+1 {{are cast incompatible}}
  %0 = tensor.cast %t : tensor<4xf32> to tensor<5xf32>
  return
}
// -----
func.func @f(%t: tensor<4xf32>) {
  // expected-error@+1 {{slice along dimension 0 runs out-of-bounds: 5 >= 4}}
  %0 = tensor.extract_slice %t[2] [4] [1] : tensor<4xf32> to tensor<4xf32>
  return
}
// -----
func.func @f(%t: tensor<8xf32>) {
  // expected-error@+1 {{or a rank-reduced version}}
  %0 = tensor.extract_slice %t[2] [4] [1] : tensor<8xf32> to tensor<3xf32>
  return
}
// -----
func.func @f(%t: tensor<2x3xf32>) {
  // expected-error@+1 {{expected dimension 0 of collapsed type to be static value of 6}}
  %0 = tensor.collapse_shape %t [[0, 1]] : tensor<2x3xf32> into tensor<5xf32>
  return
}
// -----
func.func @f(%x: f32) {
  // expected-error@+1 {{expects as many operands as the result has elements}}
  %0 = tensor.from_elements %x, %x : tensor<3xf32>
  return
}
// -----
func.func @f(%x: f32) {
  // expected-error@+1 {{body must be terminated with a `yield` operation of the tensor element type}}
  %0 = tensor.generate {
  ^bb0(%i: index):
    tensor.yield %i : index
  } : tensor<3xf32>
  return
}
// -----
func.func @f(%t: tensor<3xf32>, %x: f32) {
  // expected-error@+1 {{specified type tensor<5xf32> does not match the size 6 of dimension 0}}
  %0 = tensor.pad %t low[1] high[2] {
  ^bb0(%i: index):
    tensor.yield %x : f32
  } : tensor<3xf32> to tensor<5xf32>
  return
}
