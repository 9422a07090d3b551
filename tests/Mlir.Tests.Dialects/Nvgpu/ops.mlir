// Copies behind the thread's back, all of a row or a part of it.
func.func @copies(%x: memref<64x64xf16>, %s: memref<4096xf16, #gpu.address_space<workgroup>>, %i: index, %n: index) {
  %0 = nvgpu.device_async_copy %x[%i, %i], %s[%i], 8, %n {bypassL1} : memref<64x64xf16> to memref<4096xf16, #gpu.address_space<workgroup>>
  %1 = nvgpu.device_async_copy %x[%i, %i], %s[%i], 2 : memref<64x64xf16> to memref<4096xf16, #gpu.address_space<workgroup>>
  %2 = nvgpu.device_async_create_group %0, %1
  nvgpu.device_async_wait %2 {numGroups = 1 : i32}
  nvgpu.device_async_wait %2
  return
}
// -----
// Small matrices from shared memory and their products.
func.func @halves(%s: memref<4096xbf16, #gpu.address_space<workgroup>>, %i: index, %c: vector<2x2xf32>) -> vector<2x2xf32> {
  %a = nvgpu.ldmatrix %s[%i] {numTiles = 4 : i32, transpose = false} : memref<4096xbf16, #gpu.address_space<workgroup>> -> vector<4x2xbf16>
  %b = nvgpu.ldmatrix %s[%i] {numTiles = 2 : i32, transpose = true} : memref<4096xbf16, #gpu.address_space<workgroup>> -> vector<2x2xbf16>
  %d = nvgpu.mma.sync(%a, %b, %c) {mmaShape = [16, 8, 16]} : (vector<4x2xbf16>, vector<2x2xbf16>, vector<2x2xf32>) -> vector<2x2xf32>
  return %d : vector<2x2xf32>
}
// -----
// Products of single and double precision.
func.func @wide(%a: vector<4x1xf32>, %b: vector<2x1xf32>, %c: vector<2x2xf32>, %x: vector<1x1xf64>, %y: vector<1x2xf64>) {
  %0 = nvgpu.mma.sync(%a, %b, %c) {mmaShape = [16, 8, 8], tf32Enabled} : (vector<4x1xf32>, vector<2x1xf32>, vector<2x2xf32>) -> vector<2x2xf32>
  %1 = nvgpu.mma.sync(%x, %x, %y) {mmaShape = [8, 8, 4]} : (vector<1x1xf64>, vector<1x1xf64>, vector<1x2xf64>) -> vector<1x2xf64>
  return
}
