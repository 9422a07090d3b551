// pipeline: linalg-generalize-named-ops,split-fills
// Two reductions that start from one array of zeros get one each.
func.func @two(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4xf32>
  %z = linalg.fill ins(%zero : f32) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %a = linalg.reduce { arith.addf } ins(%x : tensor<4x8xf32>) outs(%z : tensor<4xf32>) dimensions = [1]
  %b = linalg.reduce { arith.addf } ins(%y : tensor<4x8xf32>) outs(%z : tensor<4xf32>) dimensions = [1]
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d0)>
module {
  func.func @two(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    %zero = arith.constant 0.000000e+00 : f32
    %e = tensor.empty() : tensor<4xf32>
    %z = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%e : tensor<4xf32>) {
    ^bb0(%arg0: f32):
      linalg.yield %zero : f32
    } -> tensor<4xf32>
    %z_0 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%e : tensor<4xf32>) {
    ^bb0(%arg0: f32):
      linalg.yield %zero : f32
    } -> tensor<4xf32>
    %a = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<4x8xf32>) outs(%z_0 : tensor<4xf32>) {
    ^bb0(%arg0: f32, %arg1: f32):
      %0 = arith.addf %arg1, %arg0 : f32
      linalg.yield %0 : f32
    } -> tensor<4xf32>
    %b = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "reduction"]} ins(%y : tensor<4x8xf32>) outs(%z : tensor<4xf32>) {
    ^bb0(%arg0: f32, %arg1: f32):
      %0 = arith.addf %arg1, %arg0 : f32
      linalg.yield %0 : f32
    } -> tensor<4xf32>
    return %a, %b : tensor<4xf32>, tensor<4xf32>
  }
}
// -----
// So does one that starts from a splat.
func.func @splat(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %r: f32) -> (tensor<4xf32>, tensor<4xf32>) {
  %z = tensor.splat %r : tensor<4xf32>
  %a = linalg.reduce { arith.addf } ins(%x : tensor<4x8xf32>) outs(%z : tensor<4xf32>) dimensions = [1]
  %b = linalg.reduce { arith.addf } ins(%y : tensor<4x8xf32>) outs(%z : tensor<4xf32>) dimensions = [1]
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d0)>
module {
  func.func @splat(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %r: f32) -> (tensor<4xf32>, tensor<4xf32>) {
    %z = tensor.splat %r : tensor<4xf32>
    %0 = tensor.empty() : tensor<4xf32>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<4xf32>) {
    ^bb0(%arg0: f32):
      linalg.yield %r : f32
    } -> tensor<4xf32>
    %a = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<4x8xf32>) outs(%1 : tensor<4xf32>) {
    ^bb0(%arg0: f32, %arg1: f32):
      %2 = arith.addf %arg1, %arg0 : f32
      linalg.yield %2 : f32
    } -> tensor<4xf32>
    %b = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "reduction"]} ins(%y : tensor<4x8xf32>) outs(%z : tensor<4xf32>) {
    ^bb0(%arg0: f32, %arg1: f32):
      %2 = arith.addf %arg1, %arg0 : f32
      linalg.yield %2 : f32
    } -> tensor<4xf32>
    return %a, %b : tensor<4xf32>, tensor<4xf32>
  }
}
