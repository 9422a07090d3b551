func.func @addi_wraps() -> i32 attributes {test.expect = [-2147483648 : i32]} {
  %a = arith.constant 2147483647 : i32
  %b = arith.constant 1 : i32
  %r = arith.addi %a, %b : i32
  return %r : i32
}
// -----
func.func @addi_i8() -> i8 attributes {test.expect = [-56 : i8]} {
  %a = arith.constant 100 : i8
  %b = arith.constant 100 : i8
  %r = arith.addi %a, %b : i8
  return %r : i8
}
// -----
func.func @subi_wraps() -> i8 attributes {test.expect = [127 : i8]} {
  %a = arith.constant -128 : i8
  %b = arith.constant 1 : i8
  %r = arith.subi %a, %b : i8
  return %r : i8
}
// -----
func.func @muli_wraps() -> i16 attributes {test.expect = [24464 : i16]} {
  %a = arith.constant 300 : i16
  %b = arith.constant 300 : i16
  %r = arith.muli %a, %b : i16
  return %r : i16
}
// -----
func.func @muli_i128() -> i128 attributes {test.expect = [12345678901234567890000000000000 : i128]} {
  %a = arith.constant 12345678901234567890 : i128
  %b = arith.constant 1000000000000 : i128
  %r = arith.muli %a, %b : i128
  return %r : i128
}
// -----
func.func @divsi() -> i32 attributes {test.expect = [-3 : i32]} {
  %a = arith.constant -7 : i32
  %b = arith.constant 2 : i32
  %r = arith.divsi %a, %b : i32
  return %r : i32
}
// -----
func.func @divui() -> i8 attributes {test.expect = [127 : i8]} {
  %a = arith.constant -1 : i8
  %b = arith.constant 2 : i8
  %r = arith.divui %a, %b : i8
  return %r : i8
}
// -----
func.func @ceildivsi() -> i32 attributes {test.expect = [4 : i32]} {
  %a = arith.constant 7 : i32
  %b = arith.constant 2 : i32
  %r = arith.ceildivsi %a, %b : i32
  return %r : i32
}
// -----
func.func @ceildivsi_negative() -> i32 attributes {test.expect = [-3 : i32]} {
  %a = arith.constant -7 : i32
  %b = arith.constant 2 : i32
  %r = arith.ceildivsi %a, %b : i32
  return %r : i32
}
// -----
func.func @ceildivui() -> i8 attributes {test.expect = [-128 : i8]} {
  %a = arith.constant -1 : i8
  %b = arith.constant 2 : i8
  %r = arith.ceildivui %a, %b : i8
  return %r : i8
}
// -----
func.func @floordivsi() -> i32 attributes {test.expect = [-4 : i32]} {
  %a = arith.constant -7 : i32
  %b = arith.constant 2 : i32
  %r = arith.floordivsi %a, %b : i32
  return %r : i32
}
// -----
func.func @floordivsi_positive() -> i32 attributes {test.expect = [3 : i32]} {
  %a = arith.constant 7 : i32
  %b = arith.constant 2 : i32
  %r = arith.floordivsi %a, %b : i32
  return %r : i32
}
// -----
func.func @remsi() -> i32 attributes {test.expect = [-1 : i32]} {
  %a = arith.constant -7 : i32
  %b = arith.constant 2 : i32
  %r = arith.remsi %a, %b : i32
  return %r : i32
}
// -----
func.func @remsi_by_minus_one() -> i32 attributes {test.expect = [0 : i32]} {
  %a = arith.constant -2147483648 : i32
  %b = arith.constant -1 : i32
  %r = arith.remsi %a, %b : i32
  return %r : i32
}
// -----
func.func @remui() -> i8 attributes {test.expect = [15 : i8]} {
  %a = arith.constant -1 : i8
  %b = arith.constant 16 : i8
  %r = arith.remui %a, %b : i8
  return %r : i8
}
// -----
func.func @andi() -> i8 attributes {test.expect = [8 : i8]} {
  %a = arith.constant 12 : i8
  %b = arith.constant 10 : i8
  %r = arith.andi %a, %b : i8
  return %r : i8
}
// -----
func.func @ori() -> i8 attributes {test.expect = [14 : i8]} {
  %a = arith.constant 12 : i8
  %b = arith.constant 10 : i8
  %r = arith.ori %a, %b : i8
  return %r : i8
}
// -----
func.func @xori() -> i8 attributes {test.expect = [6 : i8]} {
  %a = arith.constant 12 : i8
  %b = arith.constant 10 : i8
  %r = arith.xori %a, %b : i8
  return %r : i8
}
// -----
func.func @shli() -> i8 attributes {test.expect = [-128 : i8]} {
  %a = arith.constant 1 : i8
  %b = arith.constant 7 : i8
  %r = arith.shli %a, %b : i8
  return %r : i8
}
// -----
func.func @shrui() -> i8 attributes {test.expect = [1 : i8]} {
  %a = arith.constant -128 : i8
  %b = arith.constant 7 : i8
  %r = arith.shrui %a, %b : i8
  return %r : i8
}
// -----
func.func @shrsi() -> i8 attributes {test.expect = [-1 : i8]} {
  %a = arith.constant -128 : i8
  %b = arith.constant 7 : i8
  %r = arith.shrsi %a, %b : i8
  return %r : i8
}
// -----
func.func @maxsi() -> i8 attributes {test.expect = [1 : i8]} {
  %a = arith.constant -1 : i8
  %b = arith.constant 1 : i8
  %r = arith.maxsi %a, %b : i8
  return %r : i8
}
// -----
func.func @maxui() -> i8 attributes {test.expect = [-1 : i8]} {
  %a = arith.constant -1 : i8
  %b = arith.constant 1 : i8
  %r = arith.maxui %a, %b : i8
  return %r : i8
}
// -----
func.func @minsi() -> i8 attributes {test.expect = [-1 : i8]} {
  %a = arith.constant -1 : i8
  %b = arith.constant 1 : i8
  %r = arith.minsi %a, %b : i8
  return %r : i8
}
// -----
func.func @minui() -> i8 attributes {test.expect = [1 : i8]} {
  %a = arith.constant -1 : i8
  %b = arith.constant 1 : i8
  %r = arith.minui %a, %b : i8
  return %r : i8
}
// -----
func.func @addf_once() -> f32 attributes {test.expect = [1.0 : f32]} {
  %a = arith.constant 1.0 : f32
  %b = arith.constant 5.9604645e-08 : f32
  %r = arith.addf %a, %b : f32
  return %r : f32
}
// -----
func.func @addf_f64() -> f64 attributes {test.expect = [0.30000000000000004 : f64]} {
  %a = arith.constant 0.1 : f64
  %b = arith.constant 0.2 : f64
  %r = arith.addf %a, %b : f64
  return %r : f64
}
// -----
func.func @subf() -> f16 attributes {test.expect = [0.99951171875 : f16]} {
  %a = arith.constant 1.0 : f16
  %b = arith.constant 0.0004883 : f16
  %r = arith.subf %a, %b : f16
  return %r : f16
}
// -----
func.func @mulf_overflow() -> f32 attributes {test.expect = [0x7F800000 : f32]} {
  %a = arith.constant 3.0e38 : f32
  %b = arith.constant 10.0 : f32
  %r = arith.mulf %a, %b : f32
  return %r : f32
}
// -----
func.func @divf() -> f32 attributes {test.expect = [0x3EAAAAAB : f32]} {
  %a = arith.constant 1.0 : f32
  %b = arith.constant 3.0 : f32
  %r = arith.divf %a, %b : f32
  return %r : f32
}
// -----
func.func @divf_zero() -> f64 attributes {test.expect = [0xFFF0000000000000 : f64]} {
  %a = arith.constant 1.0 : f64
  %b = arith.constant -0.0 : f64
  %r = arith.divf %a, %b : f64
  return %r : f64
}
// -----
func.func @remf() -> f64 attributes {test.expect = [-1.5 : f64]} {
  %a = arith.constant -7.5 : f64
  %b = arith.constant 2.0 : f64
  %r = arith.remf %a, %b : f64
  return %r : f64
}
// -----
func.func @maximumf_zero() -> f64 attributes {test.expect = [0.0 : f64]} {
  %a = arith.constant -0.0 : f64
  %b = arith.constant 0.0 : f64
  %r = arith.maximumf %a, %b : f64
  return %r : f64
}
// -----
func.func @minimumf_zero() -> f64 attributes {test.expect = [-0.0 : f64]} {
  %a = arith.constant 0.0 : f64
  %b = arith.constant -0.0 : f64
  %r = arith.minimumf %a, %b : f64
  return %r : f64
}
// -----
func.func @maxnumf_nan() -> f64 attributes {test.expect = [2.0 : f64]} {
  %a = arith.constant 0x7FF8000000000000 : f64
  %b = arith.constant 2.0 : f64
  %r = arith.maxnumf %a, %b : f64
  return %r : f64
}
// -----
func.func @minnumf_nan() -> f64 attributes {test.expect = [2.0 : f64]} {
  %a = arith.constant 2.0 : f64
  %b = arith.constant 0x7FF8000000000000 : f64
  %r = arith.minnumf %a, %b : f64
  return %r : f64
}
// -----
func.func @addf_bf16() -> bf16 attributes {test.expect = [1.0 : bf16]} {
  %a = arith.constant 1.0 : bf16
  %b = arith.constant 0.00390625 : bf16
  %r = arith.addf %a, %b : bf16
  return %r : bf16
}
// -----
func.func @negf() -> f64 attributes {test.expect = [-0.0 : f64]} {
  %a = arith.constant 0.0 : f64
  %r = arith.negf %a : f64
  return %r : f64
}
// -----
func.func @cmpi_eq() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 3 : i32
  %b = arith.constant 3 : i32
  %r = arith.cmpi eq, %a, %b : i32
  return %r : i1
}
// -----
func.func @cmpi_ne() -> i1 attributes {test.expect = [false]} {
  %a = arith.constant 3 : i32
  %b = arith.constant 3 : i32
  %r = arith.cmpi ne, %a, %b : i32
  return %r : i1
}
// -----
func.func @cmpi_slt() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant -1 : i32
  %b = arith.constant 1 : i32
  %r = arith.cmpi slt, %a, %b : i32
  return %r : i1
}
// -----
func.func @cmpi_ult() -> i1 attributes {test.expect = [false]} {
  %a = arith.constant -1 : i32
  %b = arith.constant 1 : i32
  %r = arith.cmpi ult, %a, %b : i32
  return %r : i1
}
// -----
func.func @cmpi_sge() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant -1 : i32
  %b = arith.constant -1 : i32
  %r = arith.cmpi sge, %a, %b : i32
  return %r : i1
}
// -----
func.func @cmpi_ugt() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant -1 : i32
  %b = arith.constant 1 : i32
  %r = arith.cmpi ugt, %a, %b : i32
  return %r : i1
}
// -----
func.func @cmpf_oeq() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 0.0 : f64
  %b = arith.constant -0.0 : f64
  %r = arith.cmpf oeq, %a, %b : f64
  return %r : i1
}
// -----
func.func @cmpf_one() -> i1 attributes {test.expect = [false]} {
  %a = arith.constant 0x7FF8000000000000 : f64
  %b = arith.constant 1.0 : f64
  %r = arith.cmpf one, %a, %b : f64
  return %r : i1
}
// -----
func.func @cmpf_une() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 0x7FF8000000000000 : f64
  %b = arith.constant 1.0 : f64
  %r = arith.cmpf une, %a, %b : f64
  return %r : i1
}
// -----
func.func @cmpf_uno() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 0x7FF8000000000000 : f64
  %b = arith.constant 1.0 : f64
  %r = arith.cmpf uno, %a, %b : f64
  return %r : i1
}
// -----
func.func @cmpf_olt() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 1.0 : f64
  %b = arith.constant 2.0 : f64
  %r = arith.cmpf olt, %a, %b : f64
  return %r : i1
}
// -----
func.func @cmpf_ord() -> i1 attributes {test.expect = [true]} {
  %a = arith.constant 1.0 : f64
  %b = arith.constant 2.0 : f64
  %r = arith.cmpf ord, %a, %b : f64
  return %r : i1
}
// -----
func.func @extsi() -> i32 attributes {test.expect = [-1 : i32]} {
  %a = arith.constant -1 : i8
  %r = arith.extsi %a : i8 to i32
  return %r : i32
}
// -----
func.func @extui() -> i32 attributes {test.expect = [255 : i32]} {
  %a = arith.constant -1 : i8
  %r = arith.extui %a : i8 to i32
  return %r : i32
}
// -----
func.func @extui_i1() -> i32 attributes {test.expect = [1 : i32]} {
  %a = arith.constant true
  %r = arith.extui %a : i1 to i32
  return %r : i32
}
// -----
func.func @extsi_i1() -> i32 attributes {test.expect = [-1 : i32]} {
  %a = arith.constant true
  %r = arith.extsi %a : i1 to i32
  return %r : i32
}
// -----
func.func @trunci() -> i8 attributes {test.expect = [-1 : i8]} {
  %a = arith.constant 511 : i32
  %r = arith.trunci %a : i32 to i8
  return %r : i8
}
// -----
func.func @sitofp() -> f32 attributes {test.expect = [9.007200e+15 : f32]} {
  %a = arith.constant 9007199791611905 : i64
  %r = arith.sitofp %a : i64 to f32
  return %r : f32
}
// -----
func.func @uitofp() -> f64 attributes {test.expect = [255.0 : f64]} {
  %a = arith.constant -1 : i8
  %r = arith.uitofp %a : i8 to f64
  return %r : f64
}
// -----
func.func @sitofp_ties() -> f32 attributes {test.expect = [16777216.0 : f32]} {
  %a = arith.constant 16777217 : i32
  %r = arith.sitofp %a : i32 to f32
  return %r : f32
}
// -----
func.func @fptosi() -> i32 attributes {test.expect = [-3 : i32]} {
  %a = arith.constant -3.9 : f64
  %r = arith.fptosi %a : f64 to i32
  return %r : i32
}
// -----
func.func @fptoui() -> i8 attributes {test.expect = [-56 : i8]} {
  %a = arith.constant 200.7 : f32
  %r = arith.fptoui %a : f32 to i8
  return %r : i8
}
// -----
func.func @extf() -> f64 attributes {test.expect = [0.10000000149011612 : f64]} {
  %a = arith.constant 0.1 : f32
  %r = arith.extf %a : f32 to f64
  return %r : f64
}
// -----
func.func @truncf() -> f32 attributes {test.expect = [0x3DCCCCCD : f32]} {
  %a = arith.constant 0.1 : f64
  %r = arith.truncf %a : f64 to f32
  return %r : f32
}
// -----
func.func @bitcast() -> i32 attributes {test.expect = [1065353216 : i32]} {
  %a = arith.constant 1.0 : f32
  %r = arith.bitcast %a : f32 to i32
  return %r : i32
}
// -----
func.func @index_cast() -> index attributes {test.expect = [-5 : index]} {
  %a = arith.constant -5 : i32
  %r = arith.index_cast %a : i32 to index
  return %r : index
}
// -----
func.func @index_castui() -> index attributes {test.expect = [4294967295 : index]} {
  %a = arith.constant -1 : i32
  %r = arith.index_castui %a : i32 to index
  return %r : index
}
// -----
func.func @addi_zero(%x: i32) -> i32 attributes {test.expect = ["0"]} {
  %c = arith.constant 0 : i32
  %r = arith.addi %x, %c : i32
  return %r : i32
}
// -----
func.func @zero_addi(%x: i32) -> i32 attributes {test.expect = ["0"]} {
  %c = arith.constant 0 : i32
  %r = arith.addi %c, %x : i32
  return %r : i32
}
// -----
func.func @subi_zero(%x: i32) -> i32 attributes {test.expect = ["0"]} {
  %c = arith.constant 0 : i32
  %r = arith.subi %x, %c : i32
  return %r : i32
}
// -----
func.func @muli_one(%x: i32) -> i32 attributes {test.expect = ["0"]} {
  %c = arith.constant 1 : i32
  %r = arith.muli %x, %c : i32
  return %r : i32
}
// -----
func.func @muli_zero(%x: i32) -> i32 attributes {test.expect = [0 : i32]} {
  %c = arith.constant 0 : i32
  %r = arith.muli %x, %c : i32
  return %r : i32
}
// -----
func.func @andi_ones(%x: i32) -> i32 attributes {test.expect = ["0"]} {
  %c = arith.constant -1 : i32
  %r = arith.andi %x, %c : i32
  return %r : i32
}
// -----
func.func @andi_zero(%x: i32) -> i32 attributes {test.expect = [0 : i32]} {
  %c = arith.constant 0 : i32
  %r = arith.andi %x, %c : i32
  return %r : i32
}
// -----
func.func @ori_zero(%x: i32) -> i32 attributes {test.expect = ["0"]} {
  %c = arith.constant 0 : i32
  %r = arith.ori %x, %c : i32
  return %r : i32
}
// -----
func.func @divsi_one(%x: i32) -> i32 attributes {test.expect = ["0"]} {
  %c = arith.constant 1 : i32
  %r = arith.divsi %x, %c : i32
  return %r : i32
}
// -----
func.func @remui_one(%x: i32) -> i32 attributes {test.expect = [0 : i32]} {
  %c = arith.constant 1 : i32
  %r = arith.remui %x, %c : i32
  return %r : i32
}
// -----
func.func @shli_zero(%x: i32) -> i32 attributes {test.expect = ["0"]} {
  %c = arith.constant 0 : i32
  %r = arith.shli %x, %c : i32
  return %r : i32
}
// -----
func.func @maxsi_top(%x: i8) -> i8 attributes {test.expect = [127 : i8]} {
  %c = arith.constant 127 : i8
  %r = arith.maxsi %x, %c : i8
  return %r : i8
}
// -----
func.func @minui_top(%x: i8) -> i8 attributes {test.expect = ["0"]} {
  %c = arith.constant -1 : i8
  %r = arith.minui %x, %c : i8
  return %r : i8
}
// -----
func.func @minui_bottom(%x: i8) -> i8 attributes {test.expect = [0 : i8]} {
  %c = arith.constant 0 : i8
  %r = arith.minui %x, %c : i8
  return %r : i8
}
// -----
func.func @addf_minus_zero(%x: f64) -> f64 attributes {test.expect = ["0"]} {
  %c = arith.constant -0.0 : f64
  %r = arith.addf %x, %c : f64
  return %r : f64
}
// -----
func.func @subf_zero(%x: f64) -> f64 attributes {test.expect = ["0"]} {
  %c = arith.constant 0.0 : f64
  %r = arith.subf %x, %c : f64
  return %r : f64
}
// -----
func.func @mulf_one(%x: f64) -> f64 attributes {test.expect = ["0"]} {
  %c = arith.constant 1.0 : f64
  %r = arith.mulf %x, %c : f64
  return %r : f64
}
// -----
func.func @divf_one(%x: f64) -> f64 attributes {test.expect = ["0"]} {
  %c = arith.constant 1.0 : f64
  %r = arith.divf %x, %c : f64
  return %r : f64
}
// -----
func.func @maximumf_bottom(%x: f64) -> f64 attributes {test.expect = ["0"]} {
  %c = arith.constant 0xFFF0000000000000 : f64
  %r = arith.maximumf %x, %c : f64
  return %r : f64
}
// -----
func.func @maxnumf_nan_identity(%x: f64) -> f64 attributes {test.expect = ["0"]} {
  %c = arith.constant 0x7FF8000000000000 : f64
  %r = arith.maxnumf %x, %c : f64
  return %r : f64
}
// -----
func.func @subi_self(%x: i32) -> i32 attributes {test.expect = [0 : i32]} {
  %r = arith.subi %x, %x : i32
  return %r : i32
}
// -----
func.func @xori_self(%x: vector<4xi32>) -> vector<4xi32> attributes {test.expect = [dense<0> : vector<4xi32>]} {
  %r = arith.xori %x, %x : vector<4xi32>
  return %r : vector<4xi32>
}
// -----
func.func @select_same(%c: i1, %x: f32) -> f32 attributes {test.expect = ["1"]} {
  %r = arith.select %c, %x, %x : f32
  return %r : f32
}
// -----
func.func @select_known(%x: f32, %y: f32) -> f32 attributes {test.expect = ["1"]} {
  %c = arith.constant false
  %r = arith.select %c, %x, %y : f32
  return %r : f32
}
// -----
func.func @select_bools(%c: i1) -> i1 attributes {test.expect = ["0"]} {
  %t = arith.constant true
  %f = arith.constant false
  %r = arith.select %c, %t, %f : i1
  return %r : i1
}
// -----
func.func @cmpi_self(%x: i32) -> i1 attributes {test.expect = [true]} {
  %r = arith.cmpi ule, %x, %x : i32
  return %r : i1
}
// -----
func.func @trunc_of_ext(%x: i8) -> i8 attributes {test.expect = ["0"]} {
  %0 = arith.extsi %x : i8 to i32
  %r = arith.trunci %0 : i32 to i8
  return %r : i8
}
// -----
func.func @truncf_of_extf(%x: f32) -> f32 attributes {test.expect = ["0"]} {
  %0 = arith.extf %x : f32 to f64
  %r = arith.truncf %0 : f64 to f32
  return %r : f32
}
// -----
func.func @negf_twice(%x: f32) -> f32 attributes {test.expect = ["0"]} {
  %0 = arith.negf %x : f32
  %r = arith.negf %0 : f32
  return %r : f32
}
// -----
func.func @dense() -> tensor<3xi32> attributes {test.expect = [dense<[11, 12, 13]> : tensor<3xi32>]} {
  %a = arith.constant dense<[1, 2, 3]> : tensor<3xi32>
  %b = arith.constant dense<10> : tensor<3xi32>
  %r = arith.addi %a, %b : tensor<3xi32>
  return %r : tensor<3xi32>
}
// -----
func.func @splat() -> vector<1000000xf32> attributes {test.expect = [dense<2.25> : vector<1000000xf32>]} {
  %a = arith.constant dense<1.5> : vector<1000000xf32>
  %r = arith.mulf %a, %a : vector<1000000xf32>
  return %r : vector<1000000xf32>
}
// -----
func.func @compare_dense() -> tensor<2xi1> attributes {test.expect = [dense<[true, false]> : tensor<2xi1>]} {
  %a = arith.constant dense<[1, 2]> : tensor<2xi32>
  %b = arith.constant dense<2> : tensor<2xi32>
  %r = arith.cmpi slt, %a, %b : tensor<2xi32>
  return %r : tensor<2xi1>
}
// -----
func.func @addui_extended() -> (i8, i1) attributes {test.expect = [-56 : i8, false]} {
  %a = arith.constant 100 : i8
  %sum, %overflow = arith.addui_extended %a, %a : i8, i1
  return %sum, %overflow : i8, i1
}
// -----
func.func @mulsi_extended() -> (i8, i8, i64, i64) attributes {test.expect = [-44 : i8, -2 : i8, 1 : i64, 0 : i64]} {
  %a = arith.constant 100 : i8
  %b = arith.constant -3 : i8
  %c = arith.constant -1 : i64
  %low, %high = arith.mulsi_extended %a, %b : i8
  %low_0, %high_1 = arith.mulsi_extended %c, %c : i64
  return %low, %high, %low_0, %high_1 : i8, i8, i64, i64
}
// -----
func.func @mului_extended() -> (i64, i64) attributes {test.expect = [1 : i64, -2 : i64]} {
  %c = arith.constant -1 : i64
  %low, %high = arith.mului_extended %c, %c : i64
  return %low, %high : i64, i64
}
// -----
func.func @scaling_extf() -> f32 attributes {test.expect = [12.0 : f32]} {
  %a = arith.constant 1.5 : f8E5M2
  %s = arith.constant 8.0 : f8E8M0FNU
  %r = arith.scaling_extf %a, %s : f8E5M2, f8E8M0FNU to f32
  return %r : f32
}
// -----
func.func @scaling_truncf() -> f8E5M2 attributes {test.expect = [1.5 : f8E5M2]} {
  %a = arith.constant 12.5 : f32
  %s = arith.constant 9.0 : f32
  %r = arith.scaling_truncf %a, %s : f32, f32 to f8E5M2
  return %r : f8E5M2
}
