using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Tests.IR.Text;

[TestFixture]
public sealed class RoundTripTests
{
    /// <summary>Types and attributes that print as they were written.</summary>
    [TestCase("i1")]
    [TestCase("i17")]
    [TestCase("si8")]
    [TestCase("ui64")]
    [TestCase("i16777215")]
    [TestCase("index")]
    [TestCase("none")]
    [TestCase("bf16")]
    [TestCase("f8E4M3FN")]
    [TestCase("complex<f32>")]
    [TestCase("tuple<>")]
    [TestCase("tuple<i32, tuple<f32>>")]
    [TestCase("tensor<f32>")]
    [TestCase("tensor<4x?x0xf32>")]
    [TestCase("tensor<0x4xi1>")]
    [TestCase("tensor<*xf64>")]
    [TestCase("tensor<4xf32, #foo.enc<\"x\">>")]
    [TestCase("memref<4x?xf32>")]
    [TestCase("memref<*xi8, 2>")]
    [TestCase("memref<4xf32, strided<[2], offset: ?>, 3>")]
    [TestCase("memref<4xf32, affine_map<(d0) -> (d0 * 2)>>")]
    [TestCase("memref<4xmemref<?xi8>>")]
    [TestCase("vector<4xf32>")]
    [TestCase("vector<[4]x2xi8>")]
    [TestCase("() -> ()")]
    [TestCase("(i32, f32) -> i64")]
    [TestCase("(i32) -> (i64, i1)")]
    [TestCase("() -> (() -> ())")]
    [TestCase("!foo.bar<baz -> {[\"a>\"]}>")]
    [TestCase("!foo<\"x\">")]
    public void TypePrintsAsWritten(string text) =>
        Assert.That(
            MlirText.ParseType(text, TestDialect.Registry, Texts.Lenient).ValueOrThrow().ToString(),
            Is.EqualTo(text)
        );

    [TestCase("1 : i64")]
    [TestCase("-128 : i8")]
    [TestCase("18446744073709551615 : ui64")]
    [TestCase("-170141183460469231731687303715884105728 : i128")]
    [TestCase("0 : i0")]
    [TestCase("true")]
    [TestCase("7 : index")]
    [TestCase("1.000000e+00 : f32")]
    [TestCase("-0.000000e+00 : f64")]
    [TestCase("0.1234567 : f32")]
    [TestCase("3.141592653589793 : f64")]
    [TestCase("1.7976931348623157E+308 : f64")]
    [TestCase("0x7FC00001 : f32")]
    [TestCase("0xFFF0000000000000 : f64")]
    [TestCase("\"a\\0A\\22\\\\ \\E2\"")]
    [TestCase("unit")]
    [TestCase("[1, 2.500000e+00, 3 : i8, [], \"x\"]")]
    [TestCase("{a, b = {c = 1 : i32}, \"d e\" = f32}")]
    [TestCase("@a")]
    [TestCase("@a::@\"b c\"::@d")]
    [TestCase("i32")]
    [TestCase("(i32) -> f32")]
    [TestCase("array<i64>")]
    [TestCase("array<i1: true, false>")]
    [TestCase("array<i8: -1, 127>")]
    [TestCase("array<f32: 1.000000e+00, 0x7F800000>")]
    [TestCase("strided<[], offset: 3>")]
    [TestCase("strided<[1, -2, ?]>")]
    [TestCase("affine_map<() -> ()>")]
    [TestCase(
        "affine_map<(d0, d1)[s0] -> (d0 floordiv 2, (d1 + 1) mod 4, d1 ceildiv s0, -d0, d0 - d1, d0 - d1 * 3, d0 * 2 - 7)>"
    )]
    [TestCase("affine_set<(d0)[s0] : (d0 >= 0, -d0 + s0 == 0)>")]
    [TestCase("dense<> : tensor<0xf32>")]
    [TestCase("dense<1> : tensor<9999999999xi64>")]
    [TestCase("dense<[[1, 2], [3, 4]]> : vector<2x2xi32>")]
    [TestCase("dense<[true, false]> : tensor<2xi1>")]
    [TestCase("dense<[0x7F800000, 1.500000e+00]> : tensor<2xf32>")]
    [TestCase("dense<[(1,2), (3,-4)]> : tensor<2xcomplex<i8>>")]
    [TestCase("dense<(1.000000e+00,2.000000e+00)> : tensor<4xcomplex<f32>>")]
    [TestCase("dense<-1> : tensor<2xi128>")]
    [TestCase("dense<255> : tensor<2xui8>")]
    [TestCase("dense<5> : tensor<index>")]
    [TestCase("loc(\"a.cs\":3:14)")]
    [TestCase("loc(callsite(\"f\"(\"a\":1:2) at fused<\"m\">[unknown, \"n\"]))")]
    [TestCase("#foo.bar<a, (b -> c)>")]
    [TestCase("#foo.bar")]
    public void AttributePrintsAsWritten(string text) =>
        Assert.That(
            MlirText.ParseAttribute(text, TestDialect.Registry, Texts.Lenient).ValueOrThrow().ToString(),
            Is.EqualTo(text)
        );

    /// <summary>Other spellings of the same value.</summary>
    [TestCase("255 : i8", "-1 : i8")]
    [TestCase("0x10 : i32", "16 : i32")]
    [TestCase("1", "1 : i64")]
    [TestCase("1.0", "1.000000e+00 : f64")]
    [TestCase("5.", "5.000000e+00 : f64")]
    [TestCase("123456789.0", "123456789.0 : f64")]
    [TestCase("1.0e300 : f32", "0x7F800000 : f32")]
    [TestCase("true", "true")]
    [TestCase("1 : i1", "true")]
    [TestCase("\"\\n\\t\\\"\"", "\"\\0A\\09\\22\"")]
    [TestCase("dense<[7, 7, 7]> : tensor<3xi8>", "dense<7> : tensor<3xi8>")]
    [TestCase("dense<\"0x0500\"> : tensor<1xi16>", "dense<5> : tensor<1xi16>")]
    [TestCase("dense<\"0x05\"> : tensor<3xi1>", "dense<[true, false, true]> : tensor<3xi1>")]
    [TestCase("dense<\"0xFF\"> : tensor<100xi1>", "dense<true> : tensor<100xi1>")]
    [TestCase("dense<\"0x010203040506\"> : tensor<2xi24>", "dense<[197121, 394500]> : tensor<2xi24>")]
    [TestCase("memref<4xf32, affine_map<(d0) -> (d0)>, 0>", "memref<4xf32>")]
    [TestCase("affine_map<(i, j) -> (j, i + 2 * 3)>", "affine_map<(d0, d1) -> (d1, d0 + 6)>")]
    [TestCase("loc(\"a\":1:2 to 3:4)", "loc(\"a\":1:2)")]
    public void AttributePrintsInOneSpelling(string text, string expected) =>
        Assert.That(
            MlirText.ParseAttribute(text, TestDialect.Registry, Texts.Lenient).ValueOrThrow().ToString(),
            Is.EqualTo(expected)
        );

    /// <summary>A constant above a hundred elements becomes one string of digits and comes back.</summary>
    [TestCase("i1")]
    [TestCase("i4")]
    [TestCase("i24")]
    [TestCase("f32")]
    [TestCase("tf32")]
    [TestCase("f80")]
    [TestCase("complex<f16>")]
    public void LargeConstantPrintsAsHex(string element)
    {
        var type = RankedTensorType.Get([130], MlirText.ParseType(element, TestDialect.Registry).ValueOrThrow());
        var values = Enumerable
            .Range(0, 130)
            .Select(i =>
                element switch
                {
                    "i1" => i % 3 == 0 ? "true" : "false",
                    "i4" or "i24" => (i % 7).ToString(),
                    "complex<f16>" => $"({i}.0, -{i}.5)",
                    _ => $"{i}.5",
                }
            );
        var text = $"dense<[{string.Join(", ", values)}]> : {type}";
        var attribute = MlirText.ParseAttribute(text, TestDialect.Registry).ValueOrThrow();
        var printed = attribute.ToString();
        Assert.That(printed, Does.StartWith("dense<\"0x"));
        Assert.That(MlirText.ParseAttribute(printed, TestDialect.Registry).ValueOrThrow(), Is.SameAs(attribute));
    }

    [Test]
    public void GenericFormKeepsEveryPart()
    {
        const string Text = """
            "t.def"() : () -> ()
            %0 = "t.one"() : () -> i32
            %1:2 = "t.two"(%0, %0) {a = 1 : i32, b} : (i32, i32) -> (f32, () -> ())
            "t.region"(%1#0, %1#1) ({
            ^bb0(%arg0: i32, %arg1: f32):
              "t.br"(%arg0)[^bb1, ^bb2] : (i32) -> ()
            ^bb1:  // 2 preds: ^bb0, ^bb2
              "t.end"() : () -> ()
            ^bb2:  // pred: ^bb0
              "t.br"()[^bb1] : () -> ()
            }, {
            }) : (f32, () -> ()) -> ()
            """;
        Assert.That(Texts.Body(Texts.RoundTrip(Text)), Is.EqualTo(Text.ReplaceLineEndings("\n")));
    }

    [Test]
    public void CustomFormsPrintAsWritten()
    {
        const string Text = """
            test.func @f(%a: i32, %b: i32) -> (i32, i32) attributes {k = 1 : i64} {
              %0 = test.add %a, %b {x} : i32
              test.loop %i to %0 : i32 {
                %3 = test.add %i, %a : i32
              }
              test.br ^bb1(%0, %a : i32, i32)
            ^bb1(%1: i32, %2: i32):  // pred: ^bb0
              test.yield
            }
            """;
        Assert.That(Texts.Body(Texts.RoundTrip(Text)), Is.EqualTo(Text.ReplaceLineEndings("\n")));
    }

    /// <summary>An operand of an operation with regions may be defined after them, and a region may use what comes later.</summary>
    [Test]
    public void ForwardReferencesResolve()
    {
        var module = Texts.ParseOrFail(
            """
            test.func @f() {
              test.loop %i to %n : i32 {
                %x = test.add %n, %i : i32
              }
              %n = "t.n"() : () -> i32
            }
            """
        );
        var n = module.Walk().Single(o => o.Name == "t.n").Result0;
        Assert.That(n.Uses.ToList(), Has.Count.EqualTo(2));
        Assert.That(module.Walk().Single(o => o is LoopOp).Operands[0], Is.SameAs(n));
    }

    [Test]
    public void AliasesStandForWhatTheyName()
    {
        var printed = Texts.RoundTrip(
            """
            #map = affine_map<(d0) -> (d0 + 1)>
            !vec = vector<4xf32>
            "t.a"() {m = #map, n = affine_map<(d0) -> (d0)>, o = affine_map<(d0) -> (d0 + 1)>, t = !vec} : () -> !vec loc(#here)
            #here = loc("x.cs":1:2)
            """
        );
        Assert.That(printed, Does.StartWith("#map = affine_map<(d0) -> (d0 + 1)>\n#map1 = affine_map<(d0) -> (d0)>\n"));
        Assert.That(printed, Does.Contain("{m = #map, n = #map1, o = #map, t = vector<4xf32>} : () -> vector<4xf32>"));
    }

    [Test]
    public void LocationsPrintOnDemand()
    {
        var options = new AsmPrinterOptions { PrintLocations = true };
        var printed = Texts.RoundTrip(
            "\"t.a\"() ({\n^bb0(%x: i32 loc(\"arg\")):\n  \"t.b\"() : () -> () loc(#l)\n}) : () -> () loc(fused[\"a\":1:1, unknown])\n#l = loc(\"b\":2:3)",
            options
        );
        Assert.That(printed, Does.Contain("^bb0(%x: i32 loc(\"arg\")):"));
        Assert.That(printed, Does.Contain("\"t.b\"() : () -> () loc(\"b\":2:3)"));
        Assert.That(printed, Does.Contain("}) : () -> () loc(fused[\"a\":1:1, unknown])"));
    }

    [Test]
    public void NamesAreKeptAndMadeUnique()
    {
        var printed = Texts.Body(
            Texts.RoundTrip(
                """
                %x = "t.a"() : () -> i32
                "t.r"() ({
                  %y = "t.b"(%x) : (i32) -> i32
                }, {
                  %y = "t.b"(%x) : (i32) -> i32
                  %c0_7 = test.constant 0 : index
                  %foo = test.constant 1.0 : f32
                  %c0_9 = test.constant 0 : index
                  %1 = "t.c"() : () -> i1
                }) : () -> ()
                """
            )
        );
        Assert.That(
            printed,
            Is.EqualTo(
                """
                %x = "t.a"() : () -> i32
                "t.r"() ({
                  %y = "t.b"(%x) : (i32) -> i32
                }, {
                  %y = "t.b"(%x) : (i32) -> i32
                  %c0 = test.constant 0 : index
                  %foo = test.constant 1.000000e+00 : f32
                  %c0_0 = test.constant 0 : index
                  %0 = "t.c"() : () -> i1
                }) : () -> ()
                """.ReplaceLineEndings("\n")
            )
        );
        var plain = MlirText
            .Parse(printed, TestDialect.Registry, Texts.Lenient with { KeepNames = false })
            .ValueOrThrow();
        Assert.That(
            MlirText.Print(plain),
            Does.Contain("%0 = \"t.a\"() : () -> i32").And.Contain("%cst = test.constant 1.0")
        );
    }

    [Test]
    public void EmptyEntryBlockDiffersFromNoBlock()
    {
        var printed = Texts.RoundTrip("\"t.a\"() ({\n^bb0:\n}, {}) : () -> ()");
        var op = Texts.ParseOrFail(printed).Walk().Single(o => o.Name == "t.a");
        Assert.That(op.Regions[0].IsEmpty, Is.False);
        Assert.That(op.Regions[1].IsEmpty, Is.True);
    }

    [Test]
    public void PropertiesAndAttributesAreBothRead()
    {
        var generic = Texts.RoundTrip(
            "%0 = \"test.constant\"() <{value = 1 : i8}> {other} : () -> i8",
            new AsmPrinterOptions { Generic = true }
        );
        Assert.That(
            Texts.Body(generic),
            Is.EqualTo("%cst = \"test.constant\"() <{value = 1 : i8}> {other} : () -> i8")
        );
        Assert.That(Texts.Body(Texts.RoundTrip(generic)), Is.EqualTo("%cst = test.constant {other} 1 : i8"));
    }

    /// <summary>A part of a function prints under the names that it has in the whole.</summary>
    [Test]
    public void OperationAlonePrintsWithItsNames()
    {
        var module = Texts.ParseOrFail(
            "test.func @f(%a: i32) {\n  %b = test.add %a, %a : i32\n  %0 = test.add %b, %a : i32\n}"
        );
        Assert.That(module.Walk().Last().ToString(), Is.EqualTo("%0 = test.add %b, %a : i32"));
    }
}
