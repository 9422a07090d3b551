// pipeline: linalg-to-loops,canonicalize,cse
// Leaves in parallel, lanes inside a leaf, and the tree that joins them.
func.func @sum(%x: memref<?xf64>, %r: memref<f64>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%x : memref<?xf64>) outs(%r : memref<f64>) {
  ^bb0(%a: f64, %acc: f64):
    %s = arith.addf %acc, %a : f64
    linalg.yield %s : f64
  }
  return
}
// -----
// pipeline: linalg-to-loops{parallel=false},canonicalize,cse
// A sum that checks each step keeps its order.
func.func @checked_sum(%x: memref<?xi32>, %r: memref<i32>) {
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
      ins(%x : memref<?xi32>) outs(%r : memref<i32>) {
  ^bb0(%a: i32, %acc: i32):
    %s = arith.addi %acc, %a : i32
    %l = arith.cmpi slt, %s, %acc : i32
    %n = arith.constant true
    %ok = arith.xori %l, %n : i1
    cf.assert %ok, "System.OverflowException: Arithmetic operation resulted in an overflow."
    linalg.yield %s : i32
  }
  return
}
