// pipeline: linalg-to-loops{vector-bits=256 non-temporal-bytes=0},canonicalize,cse
// Chunks in parallel, whole vectors, then the rest under a mask.
func.func @square(%x: memref<?xf64>, %y: memref<?xf64>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xf64>) outs(%y : memref<?xf64>) {
  ^bb0(%a: f64, %b: f64):
    %s = arith.mulf %a, %a : f64
    linalg.yield %s : f64
  }
  return
}
// -----
// pipeline: linalg-to-loops{vector-bits=0 parallel=false},canonicalize,cse
// Without vectors and threads it is a plain loop.
func.func @plain(%x: memref<?xf64>, %y: memref<?xf64>, %k: f64) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xf64>) outs(%y : memref<?xf64>) {
  ^bb0(%a: f64, %b: f64):
    %s = arith.mulf %a, %k : f64
    linalg.yield %s : f64
  }
  return
}
// -----
// pipeline: linalg-to-loops{vector-bits=256 parallel=false non-temporal-bytes=0},canonicalize,cse
// A check fails when a lane fails; lanes that are switched off divide by one; a slow path runs when a lane needs it.
func.func @checked(%x: memref<?xi32>, %y: memref<?xi32>) {
  %c0 = arith.constant 0 : i32
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%x : memref<?xi32>) outs(%y : memref<?xi32>) {
  ^bb0(%a: i32, %b: i32):
    %ok = arith.cmpi ne, %a, %c0 : i32
    cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero."
    %neg = arith.cmpi slt, %a, %c0 : i32
    %q = arith.divui %a, %a : i32
    %s = scf.if %neg -> (i32) {
      %m = arith.subi %c0, %a : i32
      scf.yield %m : i32
    } else {
      scf.yield %q : i32
    }
    linalg.yield %s : i32
  }
  return
}
