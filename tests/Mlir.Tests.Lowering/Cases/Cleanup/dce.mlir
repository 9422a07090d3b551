// pipeline: dce
// A chain that nobody uses goes, the block that control cannot reach too.
func.func @chain(%a: i32) -> i32 {
  %0 = arith.addi %a, %a : i32
  %1 = arith.muli %0, %a : i32
  return %a : i32
^bb1:
  cf.br ^bb1
}
// -----
// =>
module {
  func.func @chain(%a: i32) -> i32 {
    return %a : i32
  }
}
