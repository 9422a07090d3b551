// pipeline: elementwise-to-linalg,fuse-elementwise,canonicalize
// A chain is one operation; the scalar is used where it is needed.
func.func @chain(%x: tensor<?xf64>, %y: tensor<?xf64>, %r: f64) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %rs = tensor.splat %r[%n] : tensor<?xf64>
  %0 = arith.mulf %x, %rs : tensor<?xf64>
  %1 = math.exp %0 : tensor<?xf64>
  %2 = arith.addf %1, %y : tensor<?xf64>
  return %2 : tensor<?xf64>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @chain(%x: tensor<?xf64>, %y: tensor<?xf64>, %r: f64) -> tensor<?xf64> {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %x, %c0 : tensor<?xf64>
    %0 = tensor.empty(%dim) : tensor<?xf64>
    %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%y, %x : tensor<?xf64>, tensor<?xf64>) outs(%0 : tensor<?xf64>) {
    ^bb0(%arg0: f64, %arg1: f64, %arg2: f64):
      %2 = arith.mulf %arg1, %r : f64
      %3 = math.exp %2 : f64
      %4 = arith.addf %3, %arg0 : f64
      linalg.yield %4 : f64
    } -> tensor<?xf64>
    return %1 : tensor<?xf64>
  }
}
// -----
// Two results over the same elements come from one operation.
func.func @siblings(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
  %e = math.exp %x : tensor<?xf32>
  %a = arith.addf %e, %x : tensor<?xf32>
  %b = arith.mulf %e, %x : tensor<?xf32>
  return %a, %b : tensor<?xf32>, tensor<?xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @siblings(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %x, %c0 : tensor<?xf32>
    %0 = tensor.empty(%dim) : tensor<?xf32>
    %1 = tensor.empty(%dim) : tensor<?xf32>
    %b, %a = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%x : tensor<?xf32>) outs(%1, %0 : tensor<?xf32>, tensor<?xf32>) {
    ^bb0(%arg0: f32, %arg1: f32, %arg2: f32):
      %2 = math.exp %arg0 : f32
      %3 = arith.addf %2, %arg0 : f32
      %4 = arith.mulf %2, %arg0 : f32
      linalg.yield %4, %3 : f32, f32
    } -> (tensor<?xf32>, tensor<?xf32>)
    return %a, %b : tensor<?xf32>, tensor<?xf32>
  }
}
// -----
// A temporary that is a result as well is computed once.
func.func @shared(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
  %e = math.exp %x : tensor<?xf32>
  %a = arith.addf %e, %x : tensor<?xf32>
  return %e, %a : tensor<?xf32>, tensor<?xf32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @shared(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %x, %c0 : tensor<?xf32>
    %0 = tensor.empty(%dim) : tensor<?xf32>
    %1 = tensor.empty(%dim) : tensor<?xf32>
    %a, %e = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%x : tensor<?xf32>) outs(%1, %0 : tensor<?xf32>, tensor<?xf32>) {
    ^bb0(%arg0: f32, %arg1: f32, %arg2: f32):
      %2 = math.exp %arg0 : f32
      %3 = arith.addf %2, %arg0 : f32
      linalg.yield %3, %2 : f32, f32
    } -> (tensor<?xf32>, tensor<?xf32>)
    return %e, %a : tensor<?xf32>, tensor<?xf32>
  }
}
// -----
// pipeline: generate-runtime-verification,elementwise-to-linalg,fuse-elementwise,canonicalize,cse
// The checks of a chain do not split it: sizes are compared in front, and the check of an element is in the one body.
func.func @checked_chain(%x: tensor<?xi32>, %y: tensor<?xi32>) -> tensor<?xi32> {
  %0 = arith.addi %x, %x : tensor<?xi32>
  %1 = arith.divui %0, %y : tensor<?xi32>
  %2 = arith.shli %1, %0 : tensor<?xi32>
  %3 = arith.subi %2, %y : tensor<?xi32>
  return %3 : tensor<?xi32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @checked_chain(%x: tensor<?xi32>, %y: tensor<?xi32>) -> tensor<?xi32> {
    %c0_i32 = arith.constant 0 : i32
    %c31_i32 = arith.constant 31 : i32
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %x, %c0 : tensor<?xi32>
    %dim_0 = tensor.dim %y, %c0 : tensor<?xi32>
    %0 = arith.cmpi eq, %dim, %dim_0 : index
    cf.assert %0, "System.ArgumentException: The shapes of the tensors do not agree."
    %1 = tensor.empty(%dim) : tensor<?xi32>
    %2 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%y, %x : tensor<?xi32>, tensor<?xi32>) outs(%1 : tensor<?xi32>) {
    ^bb0(%arg0: i32, %arg1: i32, %arg2: i32):
      %3 = arith.addi %arg1, %arg1 : i32
      %4 = arith.andi %3, %c31_i32 : i32
      %5 = arith.cmpi ne, %arg0, %c0_i32 : i32
      cf.assert %5, "System.DivideByZeroException: Attempted to divide by zero."
      %6 = arith.divui %3, %arg0 : i32
      %7 = arith.shli %6, %4 : i32
      %8 = arith.subi %7, %arg0 : i32
      linalg.yield %8 : i32
    } -> tensor<?xi32>
    return %2 : tensor<?xi32>
  }
}
// -----
// Sums of different widths are kept in different numbers of lanes: each has a loop of vectors of its own.
func.func @widths(%x: tensor<?xf64>) -> (tensor<f64>, tensor<i32>) {
  %a0 = arith.constant dense<0.0> : tensor<f64>
  %b0 = arith.constant dense<0> : tensor<i32>
  %a = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%x : tensor<?xf64>) outs(%a0 : tensor<f64>) {
  ^bb0(%e: f64, %acc: f64):
    %0 = arith.addf %acc, %e : f64
    linalg.yield %0 : f64
  } -> tensor<f64>
  %b = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%x : tensor<?xf64>) outs(%b0 : tensor<i32>) {
  ^bb0(%e: f64, %acc: i32):
    %i = arith.fptosi %e : f64 to i32
    %0 = arith.addi %acc, %i : i32
    linalg.yield %0 : i32
  } -> tensor<i32>
  return %a, %b : tensor<f64>, tensor<i32>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0) -> ()>
module {
  func.func @widths(%x: tensor<?xf64>) -> (tensor<f64>, tensor<i32>) {
    %cst = arith.constant 0.000000e+00 : f64
    %cst_0 = arith.constant 2147483648.0 : f64
    %cst_1 = arith.constant -2147483649.0 : f64
    %a0 = arith.constant dense<0.000000e+00> : tensor<f64>
    %b0 = arith.constant dense<0> : tensor<i32>
    %b, %a = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["reduction"]} ins(%x : tensor<?xf64>) outs(%b0, %a0 : tensor<i32>, tensor<f64>) {
    ^bb0(%arg0: f64, %arg1: i32, %arg2: f64):
      %0 = arith.addf %arg2, %arg0 : f64
      %1 = arith.cmpf ogt, %arg0, %cst_1 : f64
      %2 = arith.cmpf olt, %arg0, %cst_0 : f64
      %3 = arith.andi %1, %2 : i1
      %4 = arith.select %3, %arg0, %cst : f64
      %i = arith.fptosi %4 : f64 to i32
      %5 = arith.addi %arg1, %i : i32
      linalg.yield %5, %0 : i32, f64
    } -> (tensor<i32>, tensor<f64>)
    return %a, %b : tensor<f64>, tensor<i32>
  }
}
// -----
// pipeline: elementwise-to-linalg,fuse-elementwise{max-cost=45},canonicalize
// Beside so much arithmetic a temporary costs nothing, and shorter loops compile faster: the third exponential has a loop of its own.
func.func @long(%x: tensor<?xf64>) -> tensor<?xf64> {
  %0 = math.exp %x : tensor<?xf64>
  %1 = math.exp %0 : tensor<?xf64>
  %2 = math.exp %1 : tensor<?xf64>
  return %2 : tensor<?xf64>
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @long(%x: tensor<?xf64>) -> tensor<?xf64> {
    %c0 = arith.constant 0 : index
    %dim = tensor.dim %x, %c0 : tensor<?xf64>
    %0 = tensor.empty(%dim) : tensor<?xf64>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%x : tensor<?xf64>) outs(%0 : tensor<?xf64>) {
    ^bb0(%arg0: f64, %arg1: f64):
      %4 = math.exp %arg0 : f64
      linalg.yield %4 : f64
    } -> tensor<?xf64>
    %2 = tensor.empty(%dim) : tensor<?xf64>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<?xf64>) outs(%2 : tensor<?xf64>) {
    ^bb0(%arg0: f64, %arg1: f64):
      %4 = math.exp %arg0 : f64
      %5 = math.exp %4 : f64
      linalg.yield %5 : f64
    } -> tensor<?xf64>
    return %3 : tensor<?xf64>
  }
}
