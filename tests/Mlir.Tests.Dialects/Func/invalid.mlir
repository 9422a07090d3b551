func.func @f() -> i32 {
  // expected-error@+1 {{has 0 operands, but enclosing function (@f) returns 1}}
  return
}
// -----
func.func @f(%a: f32) -> i32 {
  // expected-error@+1 {{type of return operand 0 ('f32') doesn't match function result type ('i32') in function @f}}
  return %a : f32
}
// -----
func.func @f() {
  // expected-error@+1 {{'g' does not reference a valid function}}
  call @g() : () -> ()
  return
}
// -----
func.func @f(%a: i32) {
  // expected-error@+1 {{incorrect number of operands for callee}}
  call @f() : () -> ()
  return
}
// -----
func.func @f(%a: i32, %b: f32) {
  // expected-error@+1 {{operand type mismatch: expected operand type 'i32', but provided 'f32' for operand number 0}}
  call @f(%b, %b) : (f32, f32) -> ()
  return
}
// -----
func.func @f() {
  // expected-error@+1 {{incorrect number of results for callee}}
  %0 = call @f() : () -> i32
  return
}
// -----
func.func @f() {
  // expected-error@+1 {{reference to undefined function 'g'}}
  %0 = constant @g : () -> ()
  return
}
// -----
func.func @f() {
  // expected-error@+1 {{reference to function with mismatched type}}
  %0 = constant @f : () -> i32
  return
}
// -----
// expected-error@+1 {{symbol declaration cannot have public visibility}}
func.func @f()
// -----
// expected-error@+1 {{must match the type of the corresponding argument in function signature}}
"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
^bb0(%a: i64):
  "func.return"() : () -> ()
}) : () -> ()
// -----
// expected-error@+1 {{has an empty block}}
func.func @f() {
^bb0:
}
// -----
// A value from outside must not be used inside.
module {
  func.func @f(%a: i32) {
    // expected-error@+1 {{terminator}}
    %0 = arith.addi %a, %a : i32
  }
}
