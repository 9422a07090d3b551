// pipeline: inline,symbol-dce,canonicalize
// A private callee disappears, with several blocks too; recursion stays.
func.func private @abs(%x: i32) -> i32 {
  %c0 = arith.constant 0 : i32
  %neg = arith.cmpi slt, %x, %c0 : i32
  cf.cond_br %neg, ^bb1, ^bb2
^bb1:
  %m = arith.subi %c0, %x : i32
  return %m : i32
^bb2:
  return %x : i32
}
func.func @twice(%x: i32) -> i32 {
  %a = call @abs(%x) : (i32) -> i32
  %r = arith.addi %a, %a : i32
  return %r : i32
}
func.func @forever(%x: i32) -> i32 {
  %r = call @forever(%x) : (i32) -> i32
  return %r : i32
}
// -----
// =>
module {
  func.func @twice(%x: i32) -> i32 {
    %c0 = arith.constant 0 : i32
    %neg = arith.cmpi slt, %x, %c0 : i32
    cf.cond_br %neg, ^bb1, ^bb2
  ^bb1:  // pred: ^bb0
    %m = arith.subi %c0, %x : i32
    cf.br ^bb3(%m : i32)
  ^bb2:  // pred: ^bb0
    cf.br ^bb3(%x : i32)
  ^bb3(%0: i32):  // 2 preds: ^bb1, ^bb2
    %r = arith.addi %0, %0 : i32
    return %r : i32
  }
  func.func @forever(%x: i32) -> i32 {
    %r = call @forever(%x) : (i32) -> i32
    return %r : i32
  }
}
