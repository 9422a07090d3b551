// pipeline: round-sums-once
// A product that only a sum needs is rounded together with it; one that is a result too is not, nor are integers.
func.func @sums(%x: tensor<?xf64>, %i: tensor<?xi32>, %e: tensor<?xf64>, %a: tensor<f64>, %b: tensor<f64>, %c: tensor<i32>) -> (tensor<f64>, tensor<?xf64>, tensor<f64>, tensor<i32>) {
  %0 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%x : tensor<?xf64>) outs(%a : tensor<f64>) {
  ^bb0(%v: f64, %sum: f64):
    %p = arith.mulf %v, %v : f64
    %s = arith.addf %p, %sum : f64
    linalg.yield %s : f64
  } -> tensor<f64>
  %1:2 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%x : tensor<?xf64>) outs(%e, %b : tensor<?xf64>, tensor<f64>) {
  ^bb0(%v: f64, %o: f64, %sum: f64):
    %p = arith.mulf %v, %v : f64
    %s = arith.addf %sum, %p : f64
    linalg.yield %p, %s : f64, f64
  } -> (tensor<?xf64>, tensor<f64>)
  %2 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%i : tensor<?xi32>) outs(%c : tensor<i32>) {
  ^bb0(%v: i32, %sum: i32):
    %p = arith.muli %v, %v : i32
    %s = arith.addi %sum, %p : i32
    linalg.yield %s : i32
  } -> tensor<i32>
  return %0, %1#0, %1#1, %2 : tensor<f64>, tensor<?xf64>, tensor<f64>, tensor<i32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0) -> ()>
module {
  func.func @sums(%x: tensor<?xf64>, %i: tensor<?xi32>, %e: tensor<?xf64>, %a: tensor<f64>, %b: tensor<f64>, %c: tensor<i32>) -> (tensor<f64>, tensor<?xf64>, tensor<f64>, tensor<i32>) {
    %0 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction"]} ins(%x : tensor<?xf64>) outs(%a : tensor<f64>) {
    ^bb0(%v: f64, %sum: f64):
      %3 = math.fma %v, %v, %sum : f64
      linalg.yield %3 : f64
    } -> tensor<f64>
    %1:2 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["reduction"]} ins(%x : tensor<?xf64>) outs(%e, %b : tensor<?xf64>, tensor<f64>) {
    ^bb0(%v: f64, %o: f64, %sum: f64):
      %p = arith.mulf %v, %v : f64
      %s = arith.addf %sum, %p : f64
      linalg.yield %p, %s : f64, f64
    } -> (tensor<?xf64>, tensor<f64>)
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction"]} ins(%i : tensor<?xi32>) outs(%c : tensor<i32>) {
    ^bb0(%v: i32, %sum: i32):
      %p = arith.muli %v, %v : i32
      %s = arith.addi %sum, %p : i32
      linalg.yield %s : i32
    } -> tensor<i32>
    return %0, %1#0, %1#1, %2 : tensor<f64>, tensor<?xf64>, tensor<f64>, tensor<i32>
  }
}
