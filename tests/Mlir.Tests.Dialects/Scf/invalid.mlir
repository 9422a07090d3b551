func.func @f(%c: i1, %x: index) {
  // expected-error@+1 {{operand type #0 'index' should match 'f32'}}
  %0 = scf.if %c -> (f32) {
    scf.yield %x : index
  } else {
    %y = arith.constant 1.0 : f32
    scf.yield %y : f32
  }
  return
}
// -----
func.func @f(%c: i1, %x: f32) {
  // expected-error@+1 {{must have an else block if defining values}}
  %0 = scf.if %c -> (f32) {
    scf.yield %x : f32
  }
  return
}
// -----
func.func @f(%x: index) {
  // expected-error@+1 {{expects the body to yield 0 values, got 1}}
  scf.for %i = %x to %x step %x {
    scf.yield %x : index
  }
  return
}
// -----
func.func @f(%x: index, %y: i1) {
  // expected-error@+1 {{have different types}}
  %0 = "scf.for"(%x, %x, %x, %y) ({
  ^bb0(%i: index, %a: i32):
    "scf.yield"(%a) : (i32) -> ()
  }) : (index, index, index, i1) -> i32
  return
}
// -----
func.func @f(%c: i1, %x: i32) {
  // expected-error@+1 {{'scf.condition': operand type #0 'i1' should match 'i32'}}
  %0 = scf.while (%a = %x) : (i32) -> i32 {
    scf.condition(%c) %c : i1
  } do {
  ^bb0(%b: i1):
    scf.yield %x : i32
  }
  return
}
// -----
func.func @f(%x: index) {
  // expected-error@+1 {{has duplicate case value: 1}}
  scf.index_switch %x
  case 1 {
    scf.yield
  }
  case 1 {
    scf.yield
  }
  default {
  }
  return
}
// -----
func.func @f() {
  // expected-error@+1 {{expects parent op to be one of}}
  scf.yield
}
// -----
func.func @f(%x: index, %y: i1) {
  // expected-error@+1 {{expects number of results: 1 to be the same as number of reductions: 0}}
  %0 = scf.parallel (%i) = (%x) to (%x) step (%x) init (%y) -> i1 {
    scf.reduce
  }
  return
}
