// Declarations with attributes on parameters and results.
func.func private @none()
func.func private @one(i32 {test.a}) -> f32
func.func nested @several(i32, f32 {test.b = "x"}) -> (i32 {test.c = 2 : i32}, f32) attributes {no_inline, test.d = 3 : i32}
func.func private @function(() -> i32) -> (() -> ())
// -----
// Definitions, calls, functions as values.
func.func public @callee(%a: i32 {test.a}, %b: f32) -> (i32 {test.b}, f32) attributes {llvm.emit_c_interface} {
  return %a, %b : i32, f32
}
func.func @caller(%a: i32, %b: f32) -> i32 {
  %0:2 = call @callee(%a, %b) : (i32, f32) -> (i32, f32)
  %f = constant @callee : (i32, f32) -> (i32, f32)
  %1:2 = call_indirect %f(%0#0, %0#1) {test.c} : (i32, f32) -> (i32, f32)
  %2:2 = call @callee(%1#0, %1#1) {no_inline} : (i32, f32) -> (i32, f32)
  call @nothing() : () -> ()
  return {test.d} %2#0 : i32
}
func.func @nothing() {
  return
}
// -----
// Calls inside other regions keep their dialect's name.
func.func @f(%c: i1) {
  scf.if %c {
    func.call @f(%c) : (i1) -> ()
  }
  return
}
