// pipeline: fuse-rows,canonicalize,cse
// The rows of a softmax: one loop, and between its steps nothing but one row.
func.func @softmax(%x: memref<?x?xf32>, %y: memref<?x?xf32>, %r: index, %c: index) {
  %zero = arith.constant -0.0 : f32
  %e = memref.alloc(%r, %c) : memref<?x?xf32>
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%e : memref<?x?xf32>) {
  ^bb0(%a: f32, %_: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  }
  %s = memref.alloc(%r) : memref<?xf32>
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%s : memref<?xf32>) {
  ^bb0(%_: f32):
    linalg.yield %zero : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
      ins(%e : memref<?x?xf32>) outs(%s : memref<?xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %0 = arith.addf %acc, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%e, %s : memref<?x?xf32>, memref<?xf32>) outs(%y : memref<?x?xf32>) {
  ^bb0(%a: f32, %t: f32, %_: f32):
    %0 = arith.divf %a, %t : f32
    linalg.yield %0 : f32
  }
  memref.dealloc %e : memref<?x?xf32>
  memref.dealloc %s : memref<?xf32>
  return
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<() -> ()>
#map2 = affine_map<(d0) -> ()>
module {
  func.func @softmax(%x: memref<?x?xf32>, %y: memref<?x?xf32>, %r: index, %c: index) {
    %c0 = arith.constant 0 : index
    %c17476 = arith.constant 17476 : index
    %zero = arith.constant -0.000000e+00 : f32
    %c1 = arith.constant 1 : index
    %dim = memref.dim %x, %c1 : memref<?x?xf32>
    %0 = arith.maxsi %c1, %dim : index
    %1 = arith.divui %c17476, %0 : index
    %2 = arith.maxsi %c1, %1 : index
    %3 = arith.subi %2, %c1 : index
    %4 = arith.addi %r, %3 : index
    %5 = arith.divui %4, %2 : index
    scf.parallel (%arg0) = (%c0) to (%5) step (%c1) {
      %6 = arith.muli %arg0, %2 : index
      %7 = arith.addi %6, %2 : index
      %8 = arith.minsi %7, %r : index
      %alloc = memref.alloc(%c) : memref<?xf32>
      %alloca = memref.alloca() : memref<f32>
      scf.for %arg1 = %6 to %8 step %c1 {
        %subview = memref.subview %x[%arg1, 0] [1, %dim] [1, 1] : memref<?x?xf32> to memref<?xf32, strided<[1], offset: ?>>
        linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%subview : memref<?xf32, strided<[1], offset: ?>>) outs(%alloc : memref<?xf32>) attrs = {mlir.row} {
        ^bb0(%a: f32, %_: f32):
          %9 = math.exp %a : f32
          linalg.yield %9 : f32
        }
        linalg.generic {indexing_maps = [#map1], iterator_types = []} outs(%alloca : memref<f32>) attrs = {mlir.row} {
        ^bb0(%_: f32):
          linalg.yield %zero : f32
        }
        linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction"]} ins(%alloc : memref<?xf32>) outs(%alloca : memref<f32>) attrs = {mlir.row} {
        ^bb0(%a: f32, %acc: f32):
          %9 = arith.addf %acc, %a : f32
          linalg.yield %9 : f32
        }
        %dim_0 = memref.dim %y, %c1 : memref<?x?xf32>
        %subview_0 = memref.subview %y[%arg1, 0] [1, %dim_0] [1, 1] : memref<?x?xf32> to memref<?xf32, strided<[1], offset: ?>>
        linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel"]} ins(%alloc, %alloca : memref<?xf32>, memref<f32>) outs(%subview_0 : memref<?xf32, strided<[1], offset: ?>>) attrs = {mlir.row} {
        ^bb0(%a: f32, %t: f32, %_: f32):
          %9 = arith.divf %a, %t : f32
          linalg.yield %9 : f32
        }
      }
      memref.dealloc %alloc : memref<?xf32>
      scf.reduce
    } {mlir.grain = 1 : i64}
    return
  }
}
// -----
// A row that needs other rows of what was computed before (here the transposed array) waits for all of them.
func.func @transposed(%x: memref<?x?xf32>, %y: memref<?x?xf32>, %n: index) {
  %e = memref.alloc(%n, %n) : memref<?x?xf32>
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<?x?xf32>) outs(%e : memref<?x?xf32>) {
  ^bb0(%a: f32, %_: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%e : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {
  ^bb0(%a: f32, %_: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  }
  memref.dealloc %e : memref<?x?xf32>
  return
}
// -----
// =>
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d1, d0)>
module {
  func.func @transposed(%x: memref<?x?xf32>, %y: memref<?x?xf32>, %n: index) {
    %e = memref.alloc(%n, %n) : memref<?x?xf32>
    linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%x : memref<?x?xf32>) outs(%e : memref<?x?xf32>) {
    ^bb0(%a: f32, %_: f32):
      %0 = math.exp %a : f32
      linalg.yield %0 : f32
    }
    linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel"]} ins(%e : memref<?x?xf32>) outs(%y : memref<?x?xf32>) {
    ^bb0(%a: f32, %_: f32):
      %0 = math.exp %a : f32
      linalg.yield %0 : f32
    }
    memref.dealloc %e : memref<?x?xf32>
    return
  }
}
// -----
// Rows of different arrays whose numbers are not known to agree are not put together; a check in front of them says that they agree.
func.func @checked(%x: memref<?x4xf32>, %y: memref<?x4xf32>, %a: memref<?xf32>, %b: memref<?x4xf32>) {
  %c0 = arith.constant 0 : index
  %n = memref.dim %x, %c0 : memref<?x4xf32>
  %m = memref.dim %b, %c0 : memref<?x4xf32>
  %0 = arith.cmpi eq, %n, %m : index
  cf.assert %0, "sizes"
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<?x4xf32>) outs(%a : memref<?xf32>) {
  ^bb0(%e: f32, %acc: f32):
    %1 = arith.maximumf %acc, %e : f32
    linalg.yield %1 : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%a : memref<?xf32>) outs(%b : memref<?x4xf32>) {
  ^bb0(%e: f32, %_: f32):
    linalg.yield %e : f32
  }
  return
}
// -----
// =>
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0) -> ()>
module {
  func.func @checked(%x: memref<?x4xf32>, %y: memref<?x4xf32>, %a: memref<?xf32>, %b: memref<?x4xf32>) {
    %c1 = arith.constant 1 : index
    %c9361 = arith.constant 9361 : index
    %c9362 = arith.constant 9362 : index
    %c0 = arith.constant 0 : index
    %n = memref.dim %x, %c0 : memref<?x4xf32>
    %m = memref.dim %b, %c0 : memref<?x4xf32>
    %0 = arith.cmpi eq, %n, %m : index
    cf.assert %0, "sizes"
    %dim = memref.dim %a, %c0 : memref<?xf32>
    %1 = arith.addi %dim, %c9361 : index
    %2 = arith.divui %1, %c9362 : index
    scf.parallel (%arg0) = (%c0) to (%2) step (%c1) {
      %3 = arith.muli %arg0, %c9362 : index
      %4 = arith.addi %3, %c9362 : index
      %5 = arith.minsi %4, %dim : index
      scf.for %arg1 = %3 to %5 step %c1 {
        %subview = memref.subview %x[%arg1, 0] [1, 4] [1, 1] : memref<?x4xf32> to memref<4xf32, strided<[1], offset: ?>>
        %subview_0 = memref.subview %a[%arg1] [1] [1] : memref<?xf32> to memref<f32, strided<[], offset: ?>>
        linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction"]} ins(%subview : memref<4xf32, strided<[1], offset: ?>>) outs(%subview_0 : memref<f32, strided<[], offset: ?>>) attrs = {mlir.row} {
        ^bb0(%e: f32, %acc: f32):
          %6 = arith.maximumf %acc, %e : f32
          linalg.yield %6 : f32
        }
        %subview_1 = memref.subview %b[%arg1, 0] [1, 4] [1, 1] : memref<?x4xf32> to memref<4xf32, strided<[1], offset: ?>>
        linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel"]} ins(%subview_0 : memref<f32, strided<[], offset: ?>>) outs(%subview_1 : memref<4xf32, strided<[1], offset: ?>>) attrs = {mlir.row} {
        ^bb0(%e: f32, %_: f32):
          linalg.yield %e : f32
        }
      }
      scf.reduce
    } {mlir.grain = 1 : i64}
    return
  }
}
