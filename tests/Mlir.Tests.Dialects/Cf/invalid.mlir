func.func @f(%i: i32) {
  // expected-error@+1 {{passes i32, the block takes i64}}
  cf.br ^bb1(%i : i32)
^bb1(%a: i64):
  return
}
// -----
func.func @f(%i: i32) {
  // expected-error@+1 {{passes 0 operands to successor #0, which takes 1}}
  cf.br ^bb1
^bb1(%a: i64):
  return
}
// -----
func.func @f(%c: i1) {
  // expected-error@+1 {{number of branch weights to match number of successors}}
  cf.cond_br %c weights([1]), ^bb1, ^bb1
^bb1:
  return
}
// -----
func.func @f(%i: f32) {
  // expected-error@+1 {{expected an integer type}}
  cf.switch %i : f32, [default: ^bb1]
^bb1:
  return
}
// -----
func.func @f(%i: i32) {
  // expected-error@+1 {{number of case values should match number of case destinations}}
  "cf.switch"(%i)[^bb1] <{case_operand_segments = array<i32>, case_values = dense<[1, 2]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
^bb1:
  return
}
