// What is repeated comes back out; casts there and back cancel.
func.func @through(%x: f32, %v: vector<4xf32>, %i: index) -> (f32, vector<4xf32>, vector<4xf32>, f32) attributes {test.expect = ["0", "1", "1", 2.0 : f32]} {
  %b = vector.broadcast %x : f32 to vector<4xf32>
  %0 = vector.extract %b[%i] : f32 from vector<4xf32>
  %c = vector.bitcast %v : vector<4xf32> to vector<4xi32>
  %1 = vector.bitcast %c : vector<4xi32> to vector<4xf32>
  %s = vector.shape_cast %v : vector<4xf32> to vector<2x2xf32>
  %2 = vector.shape_cast %s : vector<2x2xf32> to vector<4xf32>
  %k = arith.constant dense<2.0> : vector<4xf32>
  %3 = vector.extract %k[3] : f32 from vector<4xf32>
  return %0, %1, %2, %3 : f32, vector<4xf32>, vector<4xf32>, f32
}
