func.func @f(%a: i32) {
  // expected-error@+1 {{must be floating-point-like}}
  %0 = math.sin %a : i32
  return
}
// -----
func.func @f(%a: f32) {
  // expected-error@+1 {{must be signless-integer-like}}
  %0 = math.ctpop %a : f32
  return
}
// -----
func.func @f(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "math.atan2"(%a, %b) : (f32, f64) -> f32
  return
}
