// Branches with and without arguments.
func.func @branches(%c: i1, %i: i32, %f: f32) {
  cf.br ^bb1(%i, %f : i32, f32)
^bb1(%a: i32, %b: f32):
  cf.cond_br %c, ^bb2(%a : i32), ^bb3
^bb2(%d: i32):
  cf.cond_br %c weights([3, 5]), ^bb3, ^bb2(%a : i32) {test.note}
^bb3:
  cf.br ^bb4 {test.note}
^bb4:
  return
}
// -----
// Switches on integers of several widths.
func.func @switch(%i: i32, %j: i8, %f: f32) {
  cf.switch %i : i32, [
    default: ^bb1(%f : f32),
    42: ^bb1(%f : f32),
    -7: ^bb2(%i, %f : i32, f32),
    0: ^bb3
  ] {test.note}
^bb1(%a: f32):
  cf.switch %j : i8, [
    default: ^bb3
  ]
^bb2(%b: i32, %c: f32):
  cf.switch %j : i8, [
    default: ^bb3,
    127: ^bb3
  ]
^bb3:
  return
}
// -----
// Assertions.
func.func @assert(%c: i1) {
  cf.assert %c, "System.OverflowException: \"quoted\" text\0A" {test.note}
  return
}
