// pipeline: elementwise-to-linalg,fuse-slices,fuse-elementwise,canonicalize,cse
// The difference of neighbours in a product: the product is computed where a slice shows it, and no slice is an array.
func.func @neighbours(%x: tensor<?xf32>, %y: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %t = arith.mulf %x, %y : tensor<?xf32>
  %a = tensor.extract_slice %t[1] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  %b = tensor.extract_slice %t[0] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  %0 = arith.subf %a, %b : tensor<?xf32>
  return %0 : tensor<?xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @neighbours(%x: tensor<?xf32>, %y: tensor<?xf32>, %n: index) -> tensor<?xf32> {
    %extracted_slice = tensor.extract_slice %x[1] [%n] [1] : tensor<?xf32> to tensor<?xf32>
    %extracted_slice_0 = tensor.extract_slice %y[1] [%n] [1] : tensor<?xf32> to tensor<?xf32>
    %extracted_slice_1 = tensor.extract_slice %x[0] [%n] [1] : tensor<?xf32> to tensor<?xf32>
    %extracted_slice_2 = tensor.extract_slice %y[0] [%n] [1] : tensor<?xf32> to tensor<?xf32>
    %0 = tensor.empty(%n) : tensor<?xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map, #map, #map, #map], iterator_types = ["parallel"]} ins(%extracted_slice, %extracted_slice_0, %extracted_slice_1, %extracted_slice_2 : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) outs(%0 : tensor<?xf32>) {
    ^bb0(%arg0: f32, %arg1: f32, %arg2: f32, %arg3: f32, %arg4: f32):
      %2 = arith.mulf %arg2, %arg3 : f32
      %3 = arith.mulf %arg0, %arg1 : f32
      %4 = arith.subf %3, %2 : f32
      linalg.yield %4 : f32
    } -> tensor<?xf32>
    return %1 : tensor<?xf32>
  }
}
// -----
// A row of a sum over a broadcast: one element of the vector is enough.
func.func @row(%x: tensor<?x?xf32>, %v: tensor<?xf32>, %k: index, %n: index) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = tensor.dim %x, %c0 : tensor<?x?xf32>
  %c = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = tensor.empty(%r, %c) : tensor<?x?xf32>
  %t = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%x, %v : tensor<?x?xf32>, tensor<?xf32>) outs(%e : tensor<?x?xf32>) {
  ^bb0(%a: f32, %b: f32, %_: f32):
    %1 = arith.addf %a, %b : f32
    linalg.yield %1 : f32
  } -> tensor<?x?xf32>
  %s = tensor.extract_slice %t[%k, 2] [1, %n] [1, 3] : tensor<?x?xf32> to tensor<?xf32>
  return %s : tensor<?xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0) -> ()>
module {
  func.func @row(%x: tensor<?x?xf32>, %v: tensor<?xf32>, %k: index, %n: index) -> tensor<?xf32> {
    %extracted_slice = tensor.extract_slice %x[%k, 2] [1, %n] [1, 3] : tensor<?x?xf32> to tensor<?xf32>
    %extracted_slice_0 = tensor.extract_slice %v[%k] [1] [1] : tensor<?xf32> to tensor<f32>
    %0 = tensor.empty(%n) : tensor<?xf32>
    %s = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel"]} ins(%extracted_slice, %extracted_slice_0 : tensor<?xf32>, tensor<f32>) outs(%0 : tensor<?xf32>) {
    ^bb0(%arg0: f32, %arg1: f32, %arg2: f32):
      %1 = arith.addf %arg0, %arg1 : f32
      linalg.yield %1 : f32
    } -> tensor<?xf32>
    return %s : tensor<?xf32>
  }
}
// -----
// An elementary function is computed once for all, not once for each slice.
func.func @dear(%x: tensor<?xf64>, %n: index) -> tensor<?xf64> {
  %t = math.exp %x : tensor<?xf64>
  %a = tensor.extract_slice %t[1] [%n] [1] : tensor<?xf64> to tensor<?xf64>
  %b = tensor.extract_slice %t[0] [%n] [1] : tensor<?xf64> to tensor<?xf64>
  %0 = arith.subf %a, %b : tensor<?xf64>
  return %0 : tensor<?xf64>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @dear(%x: tensor<?xf64>, %n: index) -> tensor<?xf64> {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %x, %c0 : tensor<?xf64>
    %0 = tensor.empty(%dim) : tensor<?xf64>
    %t = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%x : tensor<?xf64>) outs(%0 : tensor<?xf64>) {
    ^bb0(%arg0: f64, %arg1: f64):
      %3 = math.exp %arg0 : f64
      linalg.yield %3 : f64
    } -> tensor<?xf64>
    %a = tensor.extract_slice %t[1] [%n] [1] : tensor<?xf64> to tensor<?xf64>
    %b = tensor.extract_slice %t[0] [%n] [1] : tensor<?xf64> to tensor<?xf64>
    %1 = tensor.empty(%n) : tensor<?xf64>
    %2 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%a, %b : tensor<?xf64>, tensor<?xf64>) outs(%1 : tensor<?xf64>) {
    ^bb0(%arg0: f64, %arg1: f64, %arg2: f64):
      %3 = arith.subf %arg0, %arg1 : f64
      linalg.yield %3 : f64
    } -> tensor<?xf64>
    return %2 : tensor<?xf64>
  }
}
