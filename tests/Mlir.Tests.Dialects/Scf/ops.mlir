// Counted loops.
func.func @for(%a: index, %b: i32, %x: f32) {
  scf.for %i = %a to %a step %a {
  }
  %0 = scf.for %i = %a to %a step %a iter_args(%s = %x) -> (f32) {
    scf.yield %s : f32
  }
  %1:2 = scf.for %i = %b to %b step %b iter_args(%s = %x, %t = %b) -> (f32, i32) : i32 {
    scf.yield %s, %t : f32, i32
  } {test.note}
  scf.for unsigned %i = %b to %b step %b : i32 {
  }
  return
}
// -----
// Conditions.
func.func @if(%c: i1, %x: f32) {
  scf.if %c {
  }
  scf.if %c {
  } else {
    func.call @if(%c, %x) : (i1, f32) -> ()
  }
  %0 = scf.if %c -> (f32) {
    scf.yield %x : f32
  } else {
    scf.yield %x : f32
  } {test.note}
  return
}
// -----
// General loops.
func.func @while(%c: i1, %x: f32, %i: i32) {
  scf.while : () -> () {
    scf.condition(%c)
  } do {
    scf.yield
  }
  %0:2 = scf.while (%s = %x) : (f32) -> (i32, f32) {
    scf.condition(%c) %i, %s : i32, f32
  } do {
  ^bb0(%a: i32, %b: f32):
    scf.yield %b : f32
  } attributes {test.note}
  return
}
// -----
// Parallel loops with and without results.
func.func @parallel(%a: index, %x: f32, %y: i32) {
  scf.parallel (%i) = (%a) to (%a) step (%a) {
    scf.reduce
  }
  %0 = scf.parallel (%i, %j) = (%a, %a) to (%a, %a) step (%a, %a) init (%x) -> f32 {
    scf.reduce(%x : f32) {
    ^bb0(%l: f32, %r: f32):
      %s = arith.addf %l, %r : f32
      scf.reduce.return %s : f32
    }
  } {test.note}
  %1:2 = scf.parallel (%i) = (%a) to (%a) step (%a) init (%x, %y) -> (f32, i32) {
    scf.reduce(%x, %y : f32, i32) {
    ^bb0(%l: f32, %r: f32):
      scf.reduce.return %l : f32
    }, {
    ^bb0(%l: i32, %r: i32):
      scf.reduce.return %r : i32
    }
  }
  return
}
// -----
// Regions of several blocks.
func.func @region(%c: i1, %x: f32) {
  scf.execute_region {
    scf.yield
  }
  %0 = scf.execute_region -> f32 {
    cf.cond_br %c, ^bb1, ^bb2(%x : f32)
  ^bb1:
    cf.br ^bb2(%x : f32)
  ^bb2(%a: f32):
    scf.yield %a : f32
  }
  %1:2 = scf.execute_region -> (f32, i1) no_inline {
    scf.yield %x, %c : f32, i1
  } {test.note}
  return
}
// -----
// Choices by number.
func.func @switch(%i: index, %x: f32) {
  scf.index_switch %i
  case 1 {
    scf.yield
  }
  default {
  }
  %0 = scf.index_switch %i {test.note} -> f32
  case 2 {
    scf.yield %x : f32
  }
  case -5 {
    scf.yield %x : f32
  }
  default {
    scf.yield %x : f32
  }
  return
}
