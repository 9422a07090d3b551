// pipeline: collapse-loops
// Dense arrays of one shape are walked in one loop.
func.func @dense(%x: memref<?x4x?xf64>, %y: memref<?x4x?xf64>, %r: f64) {
  linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x : memref<?x4x?xf64>) outs(%y : memref<?x4x?xf64>) {
  ^bb0(%a: f64, %_: f64):
    %0 = arith.mulf %a, %r : f64
    linalg.yield %0 : f64
  }
  return
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
module {
  func.func @dense(%x: memref<?x4x?xf64>, %y: memref<?x4x?xf64>, %r: f64) {
    %collapse_shape = memref.collapse_shape %x [[0, 1, 2]] : memref<?x4x?xf64> into memref<?xf64>
    %collapse_shape_0 = memref.collapse_shape %y [[0, 1, 2]] : memref<?x4x?xf64> into memref<?xf64>
    linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%collapse_shape : memref<?xf64>) outs(%collapse_shape_0 : memref<?xf64>) {
    ^bb0(%a: f64, %_: f64):
      %0 = arith.mulf %a, %r : f64
      linalg.yield %0 : f64
    }
    return
  }
}
// -----
// A broadcast needs to know of rows, and so does a part of an array.
func.func @rows(%x: memref<?xf64>, %v: memref<?x?xf64, strided<[?, 1]>>, %y: memref<?x?xf64>) {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?xf64>) outs(%y : memref<?x?xf64>) {
  ^bb0(%a: f64, %_: f64):
    linalg.yield %a : f64
  }
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%v : memref<?x?xf64, strided<[?, 1]>>) outs(%y : memref<?x?xf64>) {
  ^bb0(%a: f64, %_: f64):
    linalg.yield %a : f64
  }
  return
}
// -----
// =>
#map = affine_map<(d0, d1) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @rows(%x: memref<?xf64>, %v: memref<?x?xf64, strided<[?, 1]>>, %y: memref<?x?xf64>) {
    linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel"]} ins(%x : memref<?xf64>) outs(%y : memref<?x?xf64>) {
    ^bb0(%a: f64, %_: f64):
      linalg.yield %a : f64
    }
    linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%v : memref<?x?xf64, strided<[?, 1]>>) outs(%y : memref<?x?xf64>) {
    ^bb0(%a: f64, %_: f64):
      linalg.yield %a : f64
    }
    return
  }
}
