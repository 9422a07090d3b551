// Structures and arrays, one index at a time and several.
llvm.func @structures(%a: i32, %b: f64) -> f64 {
  %0 = llvm.mlir.undef : !llvm.struct<(i32, f64)>
  %1 = llvm.insertvalue %a, %0[0] : !llvm.struct<(i32, f64)>
  %2 = llvm.insertvalue %b, %1[1] : !llvm.struct<(i32, f64)>
  %3 = llvm.extractvalue %2[1] : !llvm.struct<(i32, f64)>
  llvm.return %3 : f64
}

// -----

// Lanes of vectors.
llvm.func @lanes(%v: vector<4xf32>, %w: vector<4xf32>, %x: f32, %i: i64) -> f32 {
  %0 = llvm.insertelement %x, %v[%i : i64] : vector<4xf32>
  %1 = llvm.shufflevector %0, %w [0, 5, 2, -1] : vector<4xf32>
  %2 = llvm.shufflevector %1, %1 [0, 0] : vector<4xf32>
  %3 = llvm.extractelement %1[%i : i64] : vector<4xf32>
  %4 = llvm.extractelement %2[%i : i64] : vector<2xf32>
  %5 = llvm.fadd %3, %4 : f32
  llvm.return %5 : f32
}
