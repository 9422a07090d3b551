// Sizes follow from the operations that name them.
func.func @dims(%n: index, %t: tensor<4x?xf32>, %x: f32) -> (index, index, index, index) attributes {test.expect = ["0", "0", "0", 4 : index]} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %e = tensor.empty(%n) : tensor<3x?xf32>
  %s = tensor.splat %x[%n] : tensor<?xf32>
  %v = tensor.extract_slice %t[0, 0] [4, %n] [1, 1] : tensor<4x?xf32> to tensor<4x?xf32>
  %0 = tensor.dim %e, %c1 : tensor<3x?xf32>
  %1 = tensor.dim %s, %c0 : tensor<?xf32>
  %2 = tensor.dim %v, %c1 : tensor<4x?xf32>
  %3 = tensor.dim %t, %c0 : tensor<4x?xf32>
  return %0, %1, %2, %3 : index, index, index, index
}
// Elements follow from what the tensor is made of.
func.func @elements(%a: f32, %b: f32, %t: tensor<?xf32>, %i: index) -> (f32, f32, f32, f32) attributes {test.expect = ["1", "0", "0", 3.0 : f32]} {
  %c1 = arith.constant 1 : index
  %e = tensor.from_elements %a, %b : tensor<2xf32>
  %s = tensor.splat %a : tensor<9xf32>
  %u = tensor.insert %a into %t[%i] : tensor<?xf32>
  %k = arith.constant dense<[1.0, 3.0]> : tensor<2xf32>
  %0 = tensor.extract %e[%c1] : tensor<2xf32>
  %1 = tensor.extract %s[%i] : tensor<9xf32>
  %2 = tensor.extract %u[%i] : tensor<?xf32>
  %3 = tensor.extract %k[%c1] : tensor<2xf32>
  return %0, %1, %2, %3 : f32, f32, f32, f32
}
// There and back again.
func.func @casts(%t: tensor<?xf32>, %u: tensor<4xf32>) -> (tensor<?xf32>, tensor<4xf32>, index) attributes {test.expect = ["0", "1", 1 : index]} {
  %a = tensor.cast %t : tensor<?xf32> to tensor<4xf32>
  %b = tensor.cast %a : tensor<4xf32> to tensor<?xf32>
  %c = tensor.extract_slice %u[0] [4] [1] : tensor<4xf32> to tensor<4xf32>
  %d = tensor.rank %u : tensor<4xf32>
  return %b, %c, %d : tensor<?xf32>, tensor<4xf32>, index
}
