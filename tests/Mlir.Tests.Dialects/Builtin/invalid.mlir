// expected-error@+3 {{redefinition of symbol named 'f'}}
module {
  func.func private @f()
  func.func private @f()
}
// -----
func.func @f(%a: i32) {
  // expected-error@+1 {{expected at least one result for cast operation}}
  "builtin.unrealized_conversion_cast"(%a) : (i32) -> ()
  return
}
