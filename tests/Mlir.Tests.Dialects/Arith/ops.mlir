// Integer operations on scalars.
func.func @integers(%a: i32, %b: i32) {
  %0 = arith.addi %a, %b : i32
  %1 = arith.subi %a, %b : i32
  %2 = arith.muli %a, %b : i32
  %3 = arith.divui %a, %b : i32
  %4 = arith.divsi %a, %b : i32
  %5 = arith.ceildivui %a, %b : i32
  %6 = arith.ceildivsi %a, %b : i32
  %7 = arith.floordivsi %a, %b : i32
  %8 = arith.remui %a, %b : i32
  %9 = arith.remsi %a, %b : i32
  %10 = arith.andi %a, %b : i32
  %11 = arith.ori %a, %b : i32
  %12 = arith.xori %a, %b : i32
  %13 = arith.shli %a, %b : i32
  %14 = arith.shrui %a, %b : i32
  %15 = arith.shrsi %a, %b : i32
  %16 = arith.maxsi %a, %b : i32
  %17 = arith.maxui %a, %b : i32
  %18 = arith.minsi %a, %b : i32
  %19 = arith.minui %a, %b : i32
  return
}
// -----
// Integer operations on index, vectors and tensors.
func.func @integer_containers(%a: index, %b: vector<4xi64>, %c: tensor<?x3xi8>) {
  %a0 = arith.addi %a, %a : index
  %b0 = arith.addi %b, %b : vector<4xi64>
  %c0 = arith.addi %c, %c : tensor<?x3xi8>
  %a1 = arith.subi %a, %a : index
  %b1 = arith.subi %b, %b : vector<4xi64>
  %c1 = arith.subi %c, %c : tensor<?x3xi8>
  %a2 = arith.muli %a, %a : index
  %b2 = arith.muli %b, %b : vector<4xi64>
  %c2 = arith.muli %c, %c : tensor<?x3xi8>
  %a3 = arith.divui %a, %a : index
  %b3 = arith.divui %b, %b : vector<4xi64>
  %c3 = arith.divui %c, %c : tensor<?x3xi8>
  %a4 = arith.divsi %a, %a : index
  %b4 = arith.divsi %b, %b : vector<4xi64>
  %c4 = arith.divsi %c, %c : tensor<?x3xi8>
  %a5 = arith.ceildivui %a, %a : index
  %b5 = arith.ceildivui %b, %b : vector<4xi64>
  %c5 = arith.ceildivui %c, %c : tensor<?x3xi8>
  %a6 = arith.ceildivsi %a, %a : index
  %b6 = arith.ceildivsi %b, %b : vector<4xi64>
  %c6 = arith.ceildivsi %c, %c : tensor<?x3xi8>
  %a7 = arith.floordivsi %a, %a : index
  %b7 = arith.floordivsi %b, %b : vector<4xi64>
  %c7 = arith.floordivsi %c, %c : tensor<?x3xi8>
  %a8 = arith.remui %a, %a : index
  %b8 = arith.remui %b, %b : vector<4xi64>
  %c8 = arith.remui %c, %c : tensor<?x3xi8>
  %a9 = arith.remsi %a, %a : index
  %b9 = arith.remsi %b, %b : vector<4xi64>
  %c9 = arith.remsi %c, %c : tensor<?x3xi8>
  %a10 = arith.andi %a, %a : index
  %b10 = arith.andi %b, %b : vector<4xi64>
  %c10 = arith.andi %c, %c : tensor<?x3xi8>
  %a11 = arith.ori %a, %a : index
  %b11 = arith.ori %b, %b : vector<4xi64>
  %c11 = arith.ori %c, %c : tensor<?x3xi8>
  %a12 = arith.xori %a, %a : index
  %b12 = arith.xori %b, %b : vector<4xi64>
  %c12 = arith.xori %c, %c : tensor<?x3xi8>
  %a13 = arith.shli %a, %a : index
  %b13 = arith.shli %b, %b : vector<4xi64>
  %c13 = arith.shli %c, %c : tensor<?x3xi8>
  %a14 = arith.shrui %a, %a : index
  %b14 = arith.shrui %b, %b : vector<4xi64>
  %c14 = arith.shrui %c, %c : tensor<?x3xi8>
  %a15 = arith.shrsi %a, %a : index
  %b15 = arith.shrsi %b, %b : vector<4xi64>
  %c15 = arith.shrsi %c, %c : tensor<?x3xi8>
  %a16 = arith.maxsi %a, %a : index
  %b16 = arith.maxsi %b, %b : vector<4xi64>
  %c16 = arith.maxsi %c, %c : tensor<?x3xi8>
  %a17 = arith.maxui %a, %a : index
  %b17 = arith.maxui %b, %b : vector<4xi64>
  %c17 = arith.maxui %c, %c : tensor<?x3xi8>
  %a18 = arith.minsi %a, %a : index
  %b18 = arith.minsi %b, %b : vector<4xi64>
  %c18 = arith.minsi %c, %c : tensor<?x3xi8>
  %a19 = arith.minui %a, %a : index
  %b19 = arith.minui %b, %b : vector<4xi64>
  %c19 = arith.minui %c, %c : tensor<?x3xi8>
  return
}
// -----
// Promises about integers, and discardable attributes beside them.
func.func @flags(%a: i32, %b: i32) {
  %0 = arith.addi %a, %b overflow<nsw> : i32
  %1 = arith.subi %a, %b overflow<nuw> : i32
  %2 = arith.muli %a, %b overflow<nsw, nuw> {test.note = "x"} : i32
  %3 = arith.shli %a, %b overflow<nsw, nuw> : i32
  %4 = arith.divsi %a, %b exact : i32
  %5 = arith.divui %a, %b exact : i32
  %6 = arith.shrsi %a, %b exact {test.note} : i32
  %7 = arith.shrui %a, %b exact : i32
  %8 = arith.trunci %a overflow<nsw> : i32 to i8
  return
}
// -----
// Operations with two results, under their own names.
func.func @extended(%a: i32, %b: vector<2xi16>) {
  %sum, %overflow = arith.addui_extended %a, %a : i32, i1
  %sum_0, %overflow_1 = arith.addui_extended %b, %b : vector<2xi16>, vector<2xi1>
  %low, %high = arith.mulsi_extended %a, %a : i32
  %low_2, %high_3 = arith.mului_extended %b, %b : vector<2xi16>
  return
}
// -----
// Float operations.
func.func @floats(%a: f64, %b: f64, %c: tensor<?xf32>, %d: bf16) {
  %0 = arith.addf %a, %b : f64
  %1 = arith.subf %a, %b : f64
  %2 = arith.mulf %a, %b : f64
  %3 = arith.divf %a, %b : f64
  %4 = arith.remf %a, %b : f64
  %5 = arith.maximumf %a, %b : f64
  %6 = arith.minimumf %a, %b : f64
  %7 = arith.maxnumf %a, %b : f64
  %8 = arith.minnumf %a, %b : f64
  %n = arith.negf %a : f64
  %c0 = arith.addf %c, %c : tensor<?xf32>
  %c1 = arith.subf %c, %c : tensor<?xf32>
  %c2 = arith.mulf %c, %c : tensor<?xf32>
  %c3 = arith.divf %c, %c : tensor<?xf32>
  %c4 = arith.remf %c, %c : tensor<?xf32>
  %c5 = arith.maximumf %c, %c : tensor<?xf32>
  %c6 = arith.minimumf %c, %c : tensor<?xf32>
  %c7 = arith.maxnumf %c, %c : tensor<?xf32>
  %c8 = arith.minnumf %c, %c : tensor<?xf32>
  %m = arith.negf %c : tensor<?xf32>
  %d0 = arith.addf %d, %d : bf16
  return
}
// -----
// Liberties with floats.
func.func @fastmath(%a: f32, %b: f64) {
  %0 = arith.addf %a, %a fastmath<fast> : f32
  %1 = arith.mulf %a, %a fastmath<nnan,contract> : f32
  %2 = arith.negf %a fastmath<nsz> : f32
  %3 = arith.cmpf olt, %a, %a fastmath<nnan> : f32
  %4 = arith.extf %a fastmath<reassoc> : f32 to f64
  %5 = arith.truncf %b fastmath<afn> : f64 to f32
  return
}
// -----
// Comparisons, every predicate.
func.func @compare(%a: i32, %b: f32, %c: vector<4xi32>, %d: tensor<?xf64>) {
  %i0 = arith.cmpi eq, %a, %a : i32
  %i1 = arith.cmpi ne, %a, %a : i32
  %i2 = arith.cmpi slt, %a, %a : i32
  %i3 = arith.cmpi sle, %a, %a : i32
  %i4 = arith.cmpi sgt, %a, %a : i32
  %i5 = arith.cmpi sge, %a, %a : i32
  %i6 = arith.cmpi ult, %a, %a : i32
  %i7 = arith.cmpi ule, %a, %a : i32
  %i8 = arith.cmpi ugt, %a, %a : i32
  %i9 = arith.cmpi uge, %a, %a : i32
  %f0 = arith.cmpf false, %b, %b : f32
  %f1 = arith.cmpf oeq, %b, %b : f32
  %f2 = arith.cmpf ogt, %b, %b : f32
  %f3 = arith.cmpf oge, %b, %b : f32
  %f4 = arith.cmpf olt, %b, %b : f32
  %f5 = arith.cmpf ole, %b, %b : f32
  %f6 = arith.cmpf one, %b, %b : f32
  %f7 = arith.cmpf ord, %b, %b : f32
  %f8 = arith.cmpf ueq, %b, %b : f32
  %f9 = arith.cmpf ugt, %b, %b : f32
  %f10 = arith.cmpf uge, %b, %b : f32
  %f11 = arith.cmpf ult, %b, %b : f32
  %f12 = arith.cmpf ule, %b, %b : f32
  %f13 = arith.cmpf une, %b, %b : f32
  %f14 = arith.cmpf uno, %b, %b : f32
  %f15 = arith.cmpf true, %b, %b : f32
  %v = arith.cmpi eq, %c, %c : vector<4xi32>
  %t = arith.cmpf une, %d, %d : tensor<?xf64>
  return
}
// -----
// Choices by one condition and by one for each element.
func.func @select(%c: i1, %a: i32, %v: vector<4xf32>, %vc: vector<4xi1>, %m: memref<4xf32>) {
  %0 = arith.select %c, %a, %a : i32
  %1 = arith.select %c, %v, %v : vector<4xf32>
  %2 = arith.select %vc, %v, %v : vector<4xi1>, vector<4xf32>
  %3 = arith.select %c, %m, %m : memref<4xf32>
  return
}
// -----
// Conversions.
func.func @casts(%i: i32, %l: i64, %f: f32, %d: f64, %x: index, %v: vector<4xi32>, %t: tensor<?xi8>) {
  %0 = arith.extsi %i : i32 to i64
  %1 = arith.extui %i : i32 to i64
  %2 = arith.trunci %l : i64 to i32
  %3 = arith.extf %f : f32 to f64
  %4 = arith.truncf %d : f64 to f32
  %5 = arith.truncf %d to_nearest_even : f64 to f32
  %6 = arith.truncf %d downward : f64 to bf16
  %7 = arith.truncf %d upward : f64 to f16
  %8 = arith.truncf %d toward_zero : f64 to f32
  %9 = arith.truncf %d to_nearest_away fastmath<fast> : f64 to f32
  %10 = arith.sitofp %i : i32 to f64
  %11 = arith.uitofp %l : i64 to f32
  %12 = arith.fptosi %f : f32 to i8
  %13 = arith.fptoui %d : f64 to i64
  %14 = arith.index_cast %i : i32 to index
  %15 = arith.index_cast %x : index to i64
  %16 = arith.index_castui %x : index to i32
  %17 = arith.bitcast %f : f32 to i32
  %18 = arith.bitcast %v : vector<4xi32> to vector<4xf32>
  %19 = arith.extsi %t : tensor<?xi8> to tensor<?xi32>
  %20 = arith.sitofp %t : tensor<?xi8> to tensor<?xf16>
  return
}
// -----
// Microscaling formats.
func.func @scaling(%a: f8E5M2, %s: f8E8M0FNU, %b: f32) {
  %0 = arith.scaling_extf %a, %s : f8E5M2, f8E8M0FNU to f32
  %1 = arith.scaling_extf %a, %s fastmath<fast> : f8E5M2, f8E8M0FNU to f32
  %2 = arith.scaling_truncf %b, %s : f32, f8E8M0FNU to f8E5M2
  %3 = arith.scaling_truncf %b, %s to_nearest_even fastmath<none> : f32, f8E8M0FNU to f8E5M2
  return
}
// -----
// Constants and the names they print under.
func.func @constants() {
  %true = arith.constant true
  %false = arith.constant false
  %c0_i32 = arith.constant 0 : i32
  %c-7_i64 = arith.constant -7 : i64
  %c5 = arith.constant 5 : index
  %c127_i8 = arith.constant 127 : i8
  %cst = arith.constant 1.500000e+00 : f32
  %cst_0 = arith.constant 0x7FF0000000000000 : f64
  %cst_1 = arith.constant 0xFFC00000 : f32
  %cst_2 = arith.constant -0.000000e+00 : f64
  %cst_3 = arith.constant {test.note = 1 : i32} 1.000000e+00 : bf16
  %cst_4 = arith.constant dense<[1, 2, 3]> : tensor<3xi32>
  %cst_5 = arith.constant dense<1.000000e+00> : vector<4xf32>
  %cst_6 = arith.constant dense<[[true, false], [false, true]]> : tensor<2x2xi1>
  %cst_7 = arith.constant dense<> : tensor<0xf64>
  return
}
