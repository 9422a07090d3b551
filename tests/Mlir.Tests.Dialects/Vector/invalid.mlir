func.func @f(%x: f64) {
  // expected-error@+1 {{source type f64 is not the element type}}
  %0 = vector.broadcast %x : f64 to vector<4xf32>
  return
}
// -----
func.func @f(%m: memref<?xf64>, %i: index) {
  // expected-error@+1 {{base and result element type should match}}
  %0 = vector.load %m[%i] : memref<?xf64>, vector<4xf32>
  return
}
// -----
func.func @f(%m: memref<?x4xf32, strided<[1, ?]>>, %i: index) {
  // expected-error@+1 {{most minor memref dim must have unit stride}}
  %0 = vector.load %m[%i, %i] : memref<?x4xf32, strided<[1, ?]>>, vector<4xf32>
  return
}
// -----
func.func @f(%v: vector<4xf32>) {
  // expected-error@+1 {{smaller than the corresponding vector dimension}}
  %0 = vector.extract %v[4] : f32 from vector<4xf32>
  return
}
// -----
func.func @f(%v: vector<4xf32>) {
  // expected-error@+1 {{for kind 'and'}}
  %0 = vector.reduction <and>, %v : vector<4xf32> into f32
  return
}
// -----
func.func @f(%n: index) {
  // expected-error@+1 {{must specify an operand for each result vector dimension}}
  %0 = vector.create_mask %n : vector<4x4xi1>
  return
}
// -----
func.func @f(%v: vector<3xf32>) {
  // expected-error@+1 {{source/result bitwidth of the minor 1-D vectors must be equal}}
  %0 = vector.bitcast %v : vector<3xf32> to vector<2xi64>
  return
}
// -----
func.func @f(%a: vector<2x3xf32>, %b: vector<2x4xf32>) {
  // expected-error@+1 {{does not give}}
  %0 = vector.shuffle %a, %b [0] : vector<2x3xf32>, vector<2x4xf32>
  return
}
// -----
func.func @f(%a: vector<2xf32>) {
  // expected-error@+1 {{mask index #2 out of range}}
  %0 = vector.shuffle %a, %a [0, 4] : vector<2xf32>, vector<2xf32>
  return
}
// -----
func.func @f(%a: vector<2xf32>) {
  // expected-error@+1 {{mask index #1 out of range}}
  %0 = vector.shuffle %a, %a [-2] : vector<2xf32>, vector<2xf32>
  return
}
// -----
func.func @f(%a: vector<2xf32>) {
  // expected-error@+1 {{invalid mask length}}
  %0 = vector.shuffle %a, %a [] : vector<2xf32>, vector<2xf32>
  return
}
