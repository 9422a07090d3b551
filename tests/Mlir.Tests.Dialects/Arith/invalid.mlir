// Operands and result have one type.
func.func @f(%a: i32, %b: i64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.addi"(%a, %b) : (i32, i64) -> i32
  return
}
// -----
func.func @f(%a: i32) {
  // expected-error@+1 {{must be floating-point-like}}
  %0 = arith.addf %a, %a : i32
  return
}
// -----
func.func @f(%a: f32) {
  // expected-error@+1 {{must be signless-integer-like}}
  %0 = arith.addi %a, %a : f32
  return
}
// -----
func.func @f(%a: i64) {
  // expected-error@+1 {{operand type 'i64' and result type 'i32' are cast incompatible}}
  %0 = arith.extsi %a : i64 to i32
  return
}
// -----
func.func @f(%a: i32) {
  // expected-error@+1 {{operand type 'i32' and result type 'i64' are cast incompatible}}
  %0 = arith.trunci %a : i32 to i64
  return
}
// -----
func.func @f(%a: f64) {
  // expected-error@+1 {{operand type 'f64' and result type 'f64' are cast incompatible}}
  %0 = arith.extf %a : f64 to f64
  return
}
// -----
// Casts keep the shape.
func.func @f(%a: tensor<4xi32>) {
  // expected-error@+1 {{same shape}}
  %0 = arith.extsi %a : tensor<4xi32> to tensor<?xi64>
  return
}
// -----
func.func @f(%a: i32) {
  // expected-error@+1 {{operand type 'i32' and result type 'i64' are cast incompatible}}
  %0 = arith.bitcast %a : i32 to i64
  return
}
// -----
func.func @f(%a: i32) {
  // expected-error@+1 {{operand type 'i32' and result type 'i64' are cast incompatible}}
  %0 = arith.index_cast %a : i32 to i64
  return
}
// -----
// A condition for each element needs the shape of the values.
func.func @f(%c: vector<2xi1>, %v: vector<4xi32>) {
  // expected-error@+1 {{expected condition type to have the same shape as the result type}}
  %0 = arith.select %c, %v, %v : vector<2xi1>, vector<4xi32>
  return
}
// -----
func.func @f() {
  // expected-error@+1 {{all of {value, result} have same type}}
  %0 = "arith.constant"() {value = 3 : i32} : () -> i64
  return
}
// -----
func.func @f() {
  // expected-error@+1 {{integer return type must be signless}}
  %0 = "arith.constant"() {value = 3 : si32} : () -> si32
  return
}
// -----
func.func @f(%a: i32) {
  // expected-error@+1 {{eq, ne, slt, sle, sgt, sge, ult, ule, ugt, uge}}
  %0 = arith.cmpi less, %a, %a : i32
  return
}
// -----
func.func @f(%a: si32) {
  // expected-error@+1 {{must be signless-integer-like}}
  %0 = arith.addi %a, %a : si32
  return
}
