func.func @f(%t: tensor<4xf32>, %u: tensor<5xf32>) {
  // expected-error@+1 {{shape's dimension #0 to be 4, but found 5}}
  %0 = linalg.map { math.absf } ins(%t : tensor<4xf32>) outs(%u : tensor<5xf32>)
  return
}
// -----
func.func @f(%t: tensor<4xf32>) {
  // expected-error@+1 {{expected the number of indexing_map (1) to be equal to the number of input/output operands (2)}}
  %0 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%t : tensor<4xf32>) outs(%t : tensor<4xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  } -> tensor<4xf32>
  return
}
// -----
func.func @f(%t: tensor<4xf32>) {
  %0 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%t : tensor<4xf32>) {
  ^bb0(%b: f32):
    // expected-error@+1 {{expected number of yield values (2) to match the number of inits}}
    linalg.yield %b, %b : f32, f32
  } -> tensor<4xf32>
  return
}
// -----
func.func @f(%t: tensor<4xf32>) {
  // expected-error@+1 {{unexpected iterator_type}}
  %0 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["sideways"]} outs(%t : tensor<4xf32>) {
  ^bb0(%b: f32):
    linalg.yield %b : f32
  } -> tensor<4xf32>
  return
}
// -----
func.func @f(%t: tensor<4x4xf32>, %u: tensor<4xf32>) {
  // expected-error@+1 {{dimensions for reduction should be in the range [0, 1].}}
  %0 = linalg.reduce { arith.addf } ins(%t : tensor<4x4xf32>) outs(%u : tensor<4xf32>) dimensions = [2]
  return
}
// -----
func.func @f(%t: tensor<4x8xf32>, %u: tensor<8x4xf32>) {
  // expected-error@+1 {{permutation is not valid}}
  %0 = linalg.transpose ins(%t : tensor<4x8xf32>) outs(%u : tensor<8x4xf32>) permutation = [1, 1]
  return
}
// -----
func.func @f(%t: tensor<4xf32>, %u: tensor<4xf32>) {
  // expected-error@+1 {{input rank plus added dimensions does not match init rank}}
  %0 = linalg.broadcast ins(%t : tensor<4xf32>) outs(%u : tensor<4xf32>) dimensions = [0]
  return
}
// -----
func.func @f() {
  // expected-error@+1 {{expected parent op with LinalgOp interface}}
  %0 = linalg.index 0 : index
  return
}
