global using Mlir.Dialects;
global using Mlir.IR;
global using Mlir.IR.Text;
global using NUnit.Framework;
