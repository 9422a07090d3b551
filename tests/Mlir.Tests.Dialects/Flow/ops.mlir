// Every kind of node, and a graph that wants two values.
flow.graph @all {
  %x = flow.input "x" : !flow.data<"Tensor<double>">
  %by = flow.literal 2.0 : f64 -> !flow.data<"double">
  %y = flow.task "example.scale" by "Plugin.Fused" on "cpu"(%x, %by) : (!flow.data<"Tensor<double>">, !flow.data<"double">) -> !flow.data<"Tensor<double>">
  %s = flow.translate by "Plugin.ToCsr"(%y) : (!flow.data<"Tensor<double>">) -> !flow.data<"CsrMatrix<double>">
  %t = flow.task "example.split" by "Plugin.Split"(%s) : (!flow.data<"CsrMatrix<double>">) -> !flow.data<"(int, Ns.Outer.Inner<string>)">
  %i = flow.element %t[1] : (!flow.data<"(int, Ns.Outer.Inner<string>)">) -> !flow.data<"Ns.Outer.Inner<string>">
  %r = flow.run "lambda"(%i, %by) : (!flow.data<"Ns.Outer.Inner<string>">, !flow.data<"double">) -> !flow.data<"bool">
  flow.yield %r, %s : !flow.data<"bool">, !flow.data<"CsrMatrix<double>">
}
// -----
// Literals of every kind; text and names with quotes and letters beyond ASCII.
flow.graph @literals {
  %a = flow.literal true -> !flow.data<"bool">
  %b = flow.literal -1 : i32 -> !flow.data<"int">
  %c = flow.literal 18446744073709551615 : ui64 -> !flow.data<"ulong">
  %d = flow.literal 0x7FC00000 : f32 -> !flow.data<"float">
  %e = flow.literal "say \22no\22\0A" -> !flow.data<"string">
  %f = flow.literal unit -> !flow.data<"object">
  %g = flow.input "größe" : !flow.data<"T\22[]">
  flow.yield
}
// -----
// Nothing in, nothing out.
flow.graph @empty {
  flow.yield
}
// -----
// A graph with attributes, tasks without arguments, attributes on tasks.
flow.graph @"a name" attributes {owner = "me"} {
  %a = flow.task "zeros" by "P.Zeros"() {key = "k"} : () -> !flow.data<"double">
  %b = flow.run "f"() : () -> !flow.data<"double">
  %c = flow.translate by "P.ToFloat" on "cpu"(%a) {note} : (!flow.data<"double">) -> !flow.data<"float">
  %d = flow.input "d" {bytes = 8 : i64} : !flow.data<"double">
  %e = flow.literal 1 : i8 {note} -> !flow.data<"sbyte">
  flow.yield {note} %b : !flow.data<"double">
}
// -----
// A fused task with several inputs and results; names of the body are its own.
flow.graph @fused {
  %x = flow.input "x" : !flow.data<"double">
  %y = flow.input "y" : !flow.data<"double">
  %p, %q = flow.fused "cpu"(%x, %y) : (!flow.data<"double">, !flow.data<"double">) -> (!flow.data<"double">, !flow.data<"int">) {
  ^bb0(%a: !flow.data<"double">, %b: !flow.data<"double">):
    %two = flow.literal 2 : i32 -> !flow.data<"int">
    %x = flow.task "pair" by "P.Pair" on "cpu"(%a, %b, %two) : (!flow.data<"double">, !flow.data<"double">, !flow.data<"int">) -> !flow.data<"(double, int)">
    %u = flow.element %x[0] : (!flow.data<"(double, int)">) -> !flow.data<"double">
    %v = flow.element %x[1] : (!flow.data<"(double, int)">) -> !flow.data<"int">
    %w = flow.translate by "P.Same" on "cpu"(%u) : (!flow.data<"double">) -> !flow.data<"double">
    flow.yield %w, %v : !flow.data<"double">, !flow.data<"int">
  }
  flow.fused "cpu"() {note} : () -> () {
    %z = flow.task "zeros" by "P.Zeros" on "cpu"() : () -> !flow.data<"double">
    flow.yield
  }
  flow.yield %q, %p : !flow.data<"int">, !flow.data<"double">
}
