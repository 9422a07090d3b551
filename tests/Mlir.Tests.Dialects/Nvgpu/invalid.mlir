func.func @f(%x: memref<64xf16>, %s: memref<64xf16>, %i: index) {
  // expected-error@+1 {{destination memref must have a memory space attribute}}
  %0 = nvgpu.device_async_copy %x[%i], %s[%i], 8 : memref<64xf16> to memref<64xf16>
  return
}
// -----
func.func @f(%s: memref<64xf32, #gpu.address_space<workgroup>>, %i: index) {
  // expected-error@+1 {{nvgpu.ldmatrix transpose works only at 16b granularity}}
  %0 = nvgpu.ldmatrix %s[%i] {numTiles = 4 : i32, transpose = true} : memref<64xf32, #gpu.address_space<workgroup>> -> vector<4x1xf32>
  return
}
