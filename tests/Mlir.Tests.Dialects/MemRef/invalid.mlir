func.func @f(%n: index) {
  // expected-error@+1 {{dimension operand count does not equal memref dynamic dimension count}}
  %0 = memref.alloc(%n) : memref<4xf32>
  return
}
// -----
func.func @f(%m: memref<4x4xf32>, %i: index) {
  // expected-error@+1 {{incorrect number of indices, has 1, expected 2}}
  %0 = memref.load %m[%i] : memref<4x4xf32>
  return
}
// -----
func.func @f(%m: memref<4xf32>) {
  // expected-error@+1 {{are cast incompatible}}
  %0 = memref.cast %m : memref<4xf32> to memref<5xf32>
  return
}
// -----
func.func @f(%m: memref<8xf32>) {
  // expected-error@+1 {{mismatch of result layout}}
  %0 = memref.subview %m[2] [4] [1] : memref<8xf32> to memref<4xf32>
  return
}
// -----
func.func @f(%m: memref<8xf32>, %k: memref<8xf64>) {
  // expected-error@+1 {{requires the same shape and element type for all operands}}
  memref.copy %m, %k : memref<8xf32> to memref<8xf64>
  return
}
// -----
func.func @f() {
  // expected-error@+1 {{'nobody' does not reference a valid global memref}}
  %0 = memref.get_global @nobody : memref<2xf32>
  return
}
// -----
// expected-error@+1 {{type should be static shaped memref}}
memref.global @g : memref<?xf32>
// -----
func.func @f(%m: memref<8xf32>, %i: index) {
  // expected-error@+1 {{alignment must be power of two}}
  %0 = memref.load %m[%i] {alignment = 3 : i64} : memref<8xf32>
  return
}
