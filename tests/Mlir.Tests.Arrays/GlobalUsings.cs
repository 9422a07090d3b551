global using System.Numerics.Tensors;
global using Mlir.Arrays;
global using NUnit.Framework;
