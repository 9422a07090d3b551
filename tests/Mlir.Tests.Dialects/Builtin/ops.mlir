// Modules with names and attributes, one inside the other.
module @outer attributes {test.note = 1 : i32} {
  module {
  }
  module @inner {
    func.func @f() {
      return
    }
  }
}
// -----
// Casts that passes leave behind for each other.
func.func @casts(%a: i32, %b: f32) {
  %0 = builtin.unrealized_conversion_cast %a : i32 to index
  %1 = builtin.unrealized_conversion_cast %a, %b : i32, f32 to i64
  %2:2 = builtin.unrealized_conversion_cast %a : i32 to f32, i8 {test.note}
  %3 = builtin.unrealized_conversion_cast to i64
  return
}
