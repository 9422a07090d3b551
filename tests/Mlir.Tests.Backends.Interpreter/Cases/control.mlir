// A sum by a counted loop.
func.func @sum(%n: index) -> index attributes {test.runs = [
  {args = [10 : index], results = [45 : index]}, {args = [0 : index], results = [0 : index]}, {args = [-3 : index], results = [0 : index]}]} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %s = scf.for %i = %c0 to %n step %c1 iter_args(%a = %c0) -> (index) {
    %b = arith.addi %a, %i : index
    scf.yield %b : index
  }
  return %s : index
}
// -----
// Carried values that change places.
func.func @fibonacci(%n: i32) -> i64 attributes {test.runs = [{args = [50 : i32], results = [12586269025 : i64]}]} {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %a = arith.constant 0 : i64
  %b = arith.constant 1 : i64
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%x = %a, %y = %b) -> (i64, i64) : i32 {
    %z = arith.addi %x, %y : i64
    scf.yield %y, %z : i64, i64
  }
  return %r#0 : i64
}
// -----
// A loop up to the largest number ends.
func.func @to_the_top(%from: i8) -> i8 attributes {test.runs = [{args = [120 : i8], results = [3 : i8]}]} {
  %top = arith.constant 127 : i8
  %step = arith.constant 3 : i8
  %c0 = arith.constant 0 : i8
  %c1 = arith.constant 1 : i8
  %s = scf.for %i = %from to %top step %step iter_args(%a = %c0) -> (i8) : i8 {
    %b = arith.addi %a, %c1 : i8
    scf.yield %b : i8
  }
  return %s : i8
}
// -----
// Bounds as unsigned numbers.
func.func @unsigned(%from: i8, %to: i8) -> i32 attributes {test.runs = [{args = [120 : i8, -120 : i8], results = [16 : i32]}]} {
  %step = arith.constant 1 : i8
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %s = scf.for unsigned %i = %from to %to step %step iter_args(%a = %c0) -> (i32) : i8 {
    %b = arith.addi %a, %c1 : i32
    scf.yield %b : i32
  }
  return %s : i32
}
// -----
func.func @step_zero(%n: index) attributes {test.runs = [{args = [0 : index], error = "UndefinedBehaviorException: has the step 0"}]} {
  %c0 = arith.constant 0 : index
  %c9 = arith.constant 9 : index
  scf.for %i = %c0 to %c9 step %n {
  }
  return
}
// -----
// Conditions, one inside the other.
func.func @sign(%x: i32) -> i32 attributes {test.runs = [
  {args = [5 : i32], results = [1 : i32]}, {args = [0 : i32], results = [0 : i32]}, {args = [-5 : i32], results = [-1 : i32]}]} {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %m1 = arith.constant -1 : i32
  %p = arith.cmpi sgt, %x, %c0 : i32
  %r = scf.if %p -> (i32) {
    scf.yield %c1 : i32
  } else {
    %n = arith.cmpi slt, %x, %c0 : i32
    %q = scf.if %n -> (i32) {
      scf.yield %m1 : i32
    } else {
      scf.yield %c0 : i32
    }
    scf.yield %q : i32
  }
  return %r : i32
}
// -----
// A general loop: greatest common divisor.
func.func @gcd(%a: i32, %b: i32) -> i32 attributes {test.runs = [{args = [48 : i32, 36 : i32], results = [12 : i32]}, {args = [7 : i32, 0 : i32], results = [7 : i32]}]} {
  %c0 = arith.constant 0 : i32
  %r:2 = scf.while (%x = %a, %y = %b) : (i32, i32) -> (i32, i32) {
    %c = arith.cmpi ne, %y, %c0 : i32
    scf.condition(%c) %x, %y : i32, i32
  } do {
  ^bb0(%x: i32, %y: i32):
    %m = arith.remsi %x, %y : i32
    scf.yield %y, %m : i32, i32
  }
  return %r#0 : i32
}
// -----
// A parallel nest that reduces to two values.
func.func @parallel(%n: index) -> (i64, i64) attributes {test.runs = [{args = [4 : index], results = [36 : i64, 9 : i64]}]} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0 : i64
  %r:2 = scf.parallel (%i, %j) = (%c0, %c0) to (%n, %n) step (%c1, %c1) init (%zero, %zero) -> (i64, i64) {
    %p = arith.muli %i, %j : index
    %q = arith.index_cast %p : index to i64
    scf.reduce(%q, %q : i64, i64) {
    ^bb0(%a: i64, %b: i64):
      %s = arith.addi %a, %b : i64
      scf.reduce.return %s : i64
    }, {
    ^bb0(%a: i64, %b: i64):
      %s = arith.maxsi %a, %b : i64
      scf.reduce.return %s : i64
    }
  }
  return %r#0, %r#1 : i64, i64
}
// -----
// A choice by number, and a region of several blocks.
func.func @choose(%i: index, %c: i1) -> i32 attributes {test.runs = [
  {args = [2 : index, true], results = [20 : i32]}, {args = [5 : index, true], results = [51 : i32]}, {args = [5 : index, false], results = [52 : i32]}, {args = [7 : index, true], results = [0 : i32]}]} {
  %a = scf.index_switch %i -> i32
  case 2 {
    %x = arith.constant 20 : i32
    scf.yield %x : i32
  }
  case 5 {
    %x = scf.execute_region -> i32 {
      cf.cond_br %c, ^bb1, ^bb2
    ^bb1:
      %y = arith.constant 51 : i32
      scf.yield %y : i32
    ^bb2:
      %z = arith.constant 52 : i32
      scf.yield %z : i32
    }
    scf.yield %x : i32
  }
  default {
    %x = arith.constant 0 : i32
    scf.yield %x : i32
  }
  return %a : i32
}
// -----
// Branches with arguments that change places, and a switch.
func.func @blocks(%n: i32, %k: i32) -> (i32, i32) attributes {test.runs = [
  {args = [3 : i32, 7 : i32], results = [2 : i32, 1 : i32]}, {args = [4 : i32, -1 : i32], results = [10 : i32, 20 : i32]}]} {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  %c10 = arith.constant 10 : i32
  %c20 = arith.constant 20 : i32
  cf.switch %k : i32, [
    default: ^bb3(%c0, %c0 : i32, i32),
    7: ^bb1(%c0, %c1, %c2 : i32, i32, i32),
    -1: ^bb3(%c10, %c20 : i32, i32)
  ]
^bb1(%i: i32, %x: i32, %y: i32):
  %c = arith.cmpi slt, %i, %n : i32
  cf.cond_br %c, ^bb2, ^bb3(%x, %y : i32, i32)
^bb2:
  %j = arith.addi %i, %c1 : i32
  cf.br ^bb1(%j, %y, %x : i32, i32, i32)
^bb3(%r: i32, %s: i32):
  return %r, %s : i32, i32
}
// -----
// Calls: recursion, and a function as a value.
func.func @factorial(%n: i64) -> i64 attributes {test.runs = [{args = [20 : i64], results = [2432902008176640000 : i64]}]} {
  %c1 = arith.constant 1 : i64
  %c = arith.cmpi sle, %n, %c1 : i64
  cf.cond_br %c, ^bb1, ^bb2
^bb1:
  return %c1 : i64
^bb2:
  %m = arith.subi %n, %c1 : i64
  %f = constant @factorial : (i64) -> i64
  %r = call_indirect %f(%m) : (i64) -> i64
  %p = arith.muli %r, %n : i64
  return %p : i64
}
// -----
func.func private @elsewhere(i32) -> i32
func.func @calls_nothing(%x: i32) -> i32 attributes {test.runs = [{args = [1 : i32], error = "DiagnosticException: '@elsewhere' has no body"}]} {
  %r = call @elsewhere(%x) : (i32) -> i32
  return %r : i32
}
// -----
// An assertion throws what it names, with the line.
func.func @checked(%a: i32, %b: i32) -> i32 attributes {test.runs = [
  {args = [1 : i32, 2 : i32], results = [3 : i32]},
  {args = [2147483647 : i32, 1 : i32], error = "OverflowException: Arithmetic operation resulted in an overflow at src/Program.cs(18): a + b"}]} {
  %x = arith.extsi %a : i32 to i64
  %y = arith.extsi %b : i32 to i64
  %z = arith.addi %x, %y : i64
  %s = arith.trunci %z : i64 to i32
  %t = arith.extsi %s : i32 to i64
  %ok = arith.cmpi eq, %z, %t : i64
  cf.assert %ok, "System.OverflowException: Arithmetic operation resulted in an overflow." loc("a + b"("src/Program.cs":18:5))
  return %s : i32
}
