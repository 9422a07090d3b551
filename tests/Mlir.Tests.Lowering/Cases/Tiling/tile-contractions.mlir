// pipeline: tile-contractions{vector-bits=0}
// Plain loops keep the product, but round it once with its sum, as tiles do.
func.func @matmul(%a: memref<?x?xf64>, %b: memref<?x?xf64>, %c: memref<?x?xf64>) {
  linalg.matmul ins(%a, %b : memref<?x?xf64>, memref<?x?xf64>) outs(%c : memref<?x?xf64>)
  return
}
// -----
// =>
#map = affine_map<(d0, d1, d2) -> (d0, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d2, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1)>
module {
  func.func @matmul(%a: memref<?x?xf64>, %b: memref<?x?xf64>, %c: memref<?x?xf64>) {
    linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%a, %b : memref<?x?xf64>, memref<?x?xf64>) outs(%c : memref<?x?xf64>) {
    ^bb0(%arg0: f64, %arg1: f64, %arg2: f64):
      %0 = math.fma %arg0, %arg1, %arg2 : f64
      linalg.yield %0 : f64
    }
    return
  }
}
// -----
// pipeline: tile-contractions{vector-bits=256 parallel=false},canonicalize,cse
// A small product of known size is straight-line code, and what precedes and follows it is done on its registers.
func.func @layer(%a: memref<2x1xf64>, %b: memref<1x4xf64>, %v: memref<4xf64>) -> memref<2x4xf64> {
  %zero = arith.constant 0.0 : f64
  %t = memref.alloc() : memref<2x4xf64>
  linalg.fill ins(%zero : f64) outs(%t : memref<2x4xf64>)
  linalg.matmul ins(%a, %b : memref<2x1xf64>, memref<1x4xf64>) outs(%t : memref<2x4xf64>)
  %r = memref.alloc() : memref<2x4xf64>
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%t, %v : memref<2x4xf64>, memref<4xf64>) outs(%r : memref<2x4xf64>) {
  ^bb0(%x: f64, %y: f64, %out: f64):
    %s = arith.addf %x, %y : f64
    linalg.yield %s : f64
  }
  memref.dealloc %t : memref<2x4xf64>
  return %r : memref<2x4xf64>
}
// -----
// =>
module {
  func.func @layer(%a: memref<2x1xf64>, %b: memref<1x4xf64>, %v: memref<4xf64>) -> memref<2x4xf64> {
    %cst = arith.constant dense<0.000000e+00> : vector<4xf64>
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %r = memref.alloc() : memref<2x4xf64>
    %0 = vector.load %b[%c0, %c0] : memref<1x4xf64>, vector<4xf64>
    %1 = memref.load %a[%c0, %c0] : memref<2x1xf64>
    %2 = vector.broadcast %1 : f64 to vector<4xf64>
    %3 = vector.fma %2, %0, %cst : vector<4xf64>
    %4 = memref.load %a[%c1, %c0] : memref<2x1xf64>
    %5 = vector.broadcast %4 : f64 to vector<4xf64>
    %6 = vector.fma %5, %0, %cst : vector<4xf64>
    %7 = vector.load %v[%c0] : memref<4xf64>, vector<4xf64>
    %8 = arith.addf %3, %7 : vector<4xf64>
    %9 = vector.load %v[%c0] : memref<4xf64>, vector<4xf64>
    %10 = arith.addf %6, %9 : vector<4xf64>
    vector.store %8, %r[%c0, %c0] : memref<2x4xf64>, vector<4xf64>
    vector.store %10, %r[%c1, %c0] : memref<2x4xf64>, vector<4xf64>
    return %r : memref<2x4xf64>
  }
}
// -----
// pipeline: tile-contractions{vector-bits=256 parallel=false},canonicalize,cse
// What takes the place of the sums is done on registers, too: who reads the array later sees the result.
func.func @in_place(%a: memref<1x1xf64>, %b: memref<1x4xf64>) -> memref<1x4xf64> {
  %zero = arith.constant 0.0 : f64
  %t = memref.alloc() : memref<1x4xf64>
  linalg.fill ins(%zero : f64) outs(%t : memref<1x4xf64>)
  linalg.matmul ins(%a, %b : memref<1x1xf64>, memref<1x4xf64>) outs(%t : memref<1x4xf64>)
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%t : memref<1x4xf64>) outs(%t : memref<1x4xf64>) {
  ^bb0(%x: f64, %out: f64):
    %s = arith.maximumf %x, %zero : f64
    linalg.yield %s : f64
  }
  return %t : memref<1x4xf64>
}
// -----
// =>
module {
  func.func @in_place(%a: memref<1x1xf64>, %b: memref<1x4xf64>) -> memref<1x4xf64> {
    %cst = arith.constant dense<0.000000e+00> : vector<4xf64>
    %c0 = arith.constant 0 : index
    %t = memref.alloc() : memref<1x4xf64>
    %0 = vector.load %b[%c0, %c0] : memref<1x4xf64>, vector<4xf64>
    %1 = memref.load %a[%c0, %c0] : memref<1x1xf64>
    %2 = vector.broadcast %1 : f64 to vector<4xf64>
    %3 = vector.fma %2, %0, %cst : vector<4xf64>
    %4 = arith.maximumf %3, %cst : vector<4xf64>
    vector.store %4, %t[%c0, %c0] : memref<1x4xf64>, vector<4xf64>
    return %t : memref<1x4xf64>
  }
}
