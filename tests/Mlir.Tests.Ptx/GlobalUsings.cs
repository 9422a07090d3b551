global using Mlir.Ptx;
global using NUnit.Framework;
