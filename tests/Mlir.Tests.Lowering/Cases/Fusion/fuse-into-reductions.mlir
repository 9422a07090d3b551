// pipeline: fuse-into-reductions
// The sum reads what is written at the same place: it is added while it is written.
func.func @exp_and_sum(%x: memref<?xf32>, %m: memref<f32>, %e: memref<?xf32>, %s: memref<f32>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x, %m : memref<?xf32>, memref<f32>) outs(%e : memref<?xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.subf %a, %b : f32
    %1 = math.exp %0 : f32
    linalg.yield %1 : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%e, %x : memref<?xf32>, memref<?xf32>) outs(%s : memref<f32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %0 = arith.mulf %a, %b : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  }
  return
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0) -> ()>
module {
  func.func @exp_and_sum(%x: memref<?xf32>, %m: memref<f32>, %e: memref<?xf32>, %s: memref<f32>) {
    linalg.generic {indexing_maps = [#map, #map1, #map, #map1], iterator_types = ["reduction"]} ins(%x, %m : memref<?xf32>, memref<f32>) outs(%e, %s : memref<?xf32>, memref<f32>) {
    ^bb0(%arg0: f32, %arg1: f32, %arg2: f32, %arg3: f32):
      %0 = arith.subf %arg0, %arg1 : f32
      %1 = math.exp %0 : f32
      %2 = arith.mulf %1, %arg0 : f32
      %3 = arith.addf %arg3, %2 : f32
      linalg.yield %1, %3 : f32, f32
    }
    return
  }
}
// -----
// Somebody in between reads a part of the result: the order stays.
func.func @in_between(%x: memref<?xf32>, %e: memref<?xf32>, %c: memref<f32>, %s: memref<f32>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xf32>) outs(%e : memref<?xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  }
  %first = memref.subview %e[0] [1] [1] : memref<?xf32> to memref<f32, strided<[]>>
  linalg.generic {indexing_maps = [affine_map<() -> ()>, affine_map<() -> ()>], iterator_types = []}
      ins(%first : memref<f32, strided<[]>>) outs(%c : memref<f32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%e, %c : memref<?xf32>, memref<f32>) outs(%s : memref<f32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %0 = arith.divf %a, %b : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  }
  return
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<() -> ()>
#map2 = affine_map<(d0) -> ()>
module {
  func.func @in_between(%x: memref<?xf32>, %e: memref<?xf32>, %c: memref<f32>, %s: memref<f32>) {
    linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%x : memref<?xf32>) outs(%e : memref<?xf32>) {
    ^bb0(%a: f32, %o: f32):
      %0 = math.exp %a : f32
      linalg.yield %0 : f32
    }
    %first = memref.subview %e[0] [1] [1] : memref<?xf32> to memref<f32, strided<[]>>
    linalg.generic {indexing_maps = [#map1, #map1], iterator_types = []} ins(%first : memref<f32, strided<[]>>) outs(%c : memref<f32>) {
    ^bb0(%a: f32, %o: f32):
      linalg.yield %a : f32
    }
    linalg.generic {indexing_maps = [#map, #map2, #map2], iterator_types = ["reduction"]} ins(%e, %c : memref<?xf32>, memref<f32>) outs(%s : memref<f32>) {
    ^bb0(%a: f32, %b: f32, %sum: f32):
      %0 = arith.divf %a, %b : f32
      %1 = arith.addf %sum, %0 : f32
      linalg.yield %1 : f32
    }
    return
  }
}
