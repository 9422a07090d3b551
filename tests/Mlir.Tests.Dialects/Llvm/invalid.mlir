llvm.func @f(%a: i32) -> i64 {
  // expected-error@+1 {{result type i32 must be wider than operand type i32}}
  %0 = llvm.sext %a : i32 to i32
  llvm.unreachable
}
// -----
llvm.func @f(%x: f64) -> f32 {
  // expected-error@+1 {{mismatching result types: f64 is returned where f32 is expected}}
  llvm.return %x : f64
}
// -----
llvm.func @f(%p: !llvm.ptr, %i: i32) {
  // expected-error@+1 {{expected index 1 indexing a struct to be constant}}
  %0 = llvm.getelementptr %p[0, %i] : (!llvm.ptr, i32) -> !llvm.ptr, !llvm.struct<(i32, f32)>
  llvm.return
}
// -----
llvm.func @f(%p: !llvm.ptr) {
  // expected-error@+1 {{index 1 indexing a struct is out of bounds}}
  %0 = llvm.getelementptr %p[0, 2] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i32, f32)>
  llvm.return
}
// -----
llvm.func @f(%s: !llvm.struct<(i32)>) {
  // expected-error@+1 {{has no part at this position}}
  %0 = llvm.extractvalue %s[3] : !llvm.struct<(i32)>
  llvm.return
}
// -----
llvm.func @f(%p: !llvm.ptr) {
  // expected-error@+1 {{expected alignment for atomic access}}
  %0 = llvm.load %p atomic monotonic : !llvm.ptr -> i32
  llvm.return
}
// -----
llvm.func @g(i32)
llvm.func @f(%x: f32) {
  // expected-error@+1 {{operand type mismatch for operand 0: f32 != i32}}
  llvm.call @g(%x) : (f32) -> ()
  llvm.return
}
// -----
llvm.func @f(%x: f32) {
  // expected-error@+1 {{'nobody' does not reference a symbol in the current scope}}
  llvm.call @nobody(%x) : (f32) -> ()
  llvm.return
}
// -----
llvm.func @f(%x: f32) {
  // expected-error@+1 {{is an incorrect value of the 'predicate' attribute}}
  %0 = llvm.icmp "lt" %x, %x : f32
  llvm.return
}
// -----
llvm.func @f(%x: f32) {
  // expected-error@+1 {{must be a signless integer or a vector of them, but got 'f32'}}
  %0 = "llvm.add"(%x, %x) : (f32, f32) -> f32
  llvm.return
}
// -----
llvm.func @f(%v: vector<4xf32>) {
  // expected-error@+1 {{mask index 8 is out of range}}
  %0 = llvm.shufflevector %v, %v [0, 8] : vector<4xf32>
  llvm.return
}
// -----
// expected-error@+1 {{a field cannot have type !llvm.void}}
llvm.func @f(!llvm.struct<(void)>)
// -----
// expected-error@+1 {{is not a type of LLVM IR}}
llvm.func @f(!llvm.array<4 x tensor<4xf32>>)
// -----
// expected-error@+1 {{requires an i8 array type of the length equal to that of the string attribute}}
"llvm.mlir.global"() <{global_type = !llvm.array<3 x i8>, linkage = #llvm.linkage<internal>, sym_name = "s", value = "hello"}> ({}) : () -> ()
