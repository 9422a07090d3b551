using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Runtime;

namespace Mlir.Tests.Remote.Overloads;

/// <summary>Holds the choice among overloads to the one that the C# compiler itself makes.</summary>
internal class OverloadResolutionTests
{
    private static readonly ScalarKind[] Kinds = [.. Enum.GetValues<ScalarKind>().Where(k => k != default)];

    /// <summary>What the C# compiler converts by itself, asked through the binder that ships with .NET.</summary>
    [Test]
    public void ConvertsWhatCSharpConverts(
        [ValueSource(nameof(Kinds))] ScalarKind from,
        [ValueSource(nameof(Kinds))] ScalarKind to
    )
    {
        var value = Sample(from);
        var expected = CSharp.Converts(value, ClrType(to), out var converted);

        var allowed = DataTypes.IsImplicit(DataTypes.Scalar(from), DataTypes.Scalar(to));
        Assert.That(allowed, Is.EqualTo(expected));
        if (allowed)
        {
            var actual = Values.Convert(Values.FromSlot(from, Slot(value)), DataTypes.Scalar(to));
            Assert.That(Values.ToSlot(actual), Is.EqualTo(Slot(converted!)));
        }
        else
        {
            Assert.That(
                () => Values.Convert(Values.FromSlot(from, Slot(value)), DataTypes.Scalar(to)),
                Throws.TypeOf<ProtocolException>()
            );
        }
    }

    /// <summary>Two overloads of one parameter, every pair of types, every argument: 13 × 12 × 13 calls, each bound by C# too.</summary>
    [Test]
    public void ChoosesAmongTwoAsCSharpDoes([ValueSource(nameof(Kinds))] ScalarKind argument)
    {
        var value = Sample(argument);
        var wrong = new List<string>();
        foreach (var a in Kinds)
        {
            foreach (var b in Kinds.Where(b => b != a))
            {
                var expected = CSharp.Choose(ClrType(a), ClrType(b), value);
                var actual = Choose(
                    [
                        [a],
                        [b],
                    ],
                    argument
                );
                if (actual != expected)
                {
                    wrong.Add($"f({a}) and f({b}) called with {argument}: C# chooses {expected}, we {actual}");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    /// <summary>Two parameters: C#'s rule that one overload must be as good in every argument and better in one.</summary>
    [TestCase(new[] { ScalarKind.Int32, ScalarKind.Int32 }, ExpectedResult = 1)]
    [TestCase(new[] { ScalarKind.Float64, ScalarKind.Float64 }, ExpectedResult = 0)]
    [TestCase(new[] { ScalarKind.Int32, ScalarKind.Float64 }, ExpectedResult = 0)]
    [TestCase(new[] { ScalarKind.Uint8, ScalarKind.Char }, ExpectedResult = 1)]
    [TestCase(new[] { ScalarKind.Int64, ScalarKind.Int32 }, ExpectedResult = 0)]
    [TestCase(new[] { ScalarKind.Bool, ScalarKind.Int32 }, ExpectedResult = CSharp.NoOverload)]
    public int ChoosesByEveryArgument(ScalarKind[] arguments) =>
        Choose(
            [
                [ScalarKind.Float64, ScalarKind.Float64],
                [ScalarKind.Int32, ScalarKind.Int32],
            ],
            arguments
        );

    [Test]
    public void IsAmbiguousWhereNeitherIsBetterInEveryArgument()
    {
        ScalarKind[][] overloads =
        [
            [ScalarKind.Int32, ScalarKind.Int64],
            [ScalarKind.Int64, ScalarKind.Int32],
        ];

        Assert.That(Choose(overloads, ScalarKind.Int32, ScalarKind.Int32), Is.EqualTo(CSharp.Ambiguous));
    }

    [Test]
    public void AnIntIsNoByteWhateverItsValue()
    {
        var error = Assert.Throws<ProtocolException>(() =>
            OverloadResolution.Choose(
                "half",
                [Signature(("x", DataTypes.Scalar(ScalarKind.Uint8)))],
                new Arguments { Positional = { new Value { Int32 = 5 } } },
                out _
            )
        );

        Assert.That(error!.Error.Code, Is.EqualTo(ErrorCode.NoOverload));
        Assert.That(
            error.Message,
            Is.EqualTo(
                "half(int) does not fit half(byte x) → double: parameter 'x' is byte, to which C# does not convert int by itself"
            )
        );
    }

    [Test]
    public void ListsTheCandidates()
    {
        var error = Assert.Throws<ProtocolException>(() =>
            OverloadResolution.Choose(
                "add",
                [
                    Signature(("x", DataTypes.Scalar(ScalarKind.Float64)), ("y", DataTypes.Array(ScalarKind.Int32, 2))),
                    Signature(("x", DataTypes.Text), ("y", Tuple(ScalarKind.Int8, ScalarKind.Char))),
                ],
                [new OverloadArgument(DataTypes.Scalar(ScalarKind.Bool))]
            )
        );

        Assert.That(
            error!.Error.Candidates,
            Is.EqualTo(new[] { "add(double x, int[,] y) → double", "add(string x, (sbyte, char) y) → double" })
        );
        Assert.That(error.Message, Does.StartWith("no overload takes add(bool); there are add(double x, int[,] y)"));
    }

    [TestCase("b", "a", ExpectedResult = new[] { 1, 0 })]
    [TestCase(null, "b", ExpectedResult = new[] { 0, 1 })]
    [TestCase("a", "b", ExpectedResult = new[] { 0, 1 })]
    public int[] BindsNamedArguments(string? first, string? second)
    {
        var signature = Signature(
            ("a", DataTypes.Scalar(ScalarKind.Float64)),
            ("b", DataTypes.Scalar(ScalarKind.Float64))
        );
        return
        [
            .. OverloadResolution
                .Choose(
                    "f",
                    [signature],
                    [
                        new OverloadArgument(DataTypes.Scalar(ScalarKind.Int32), first),
                        new OverloadArgument(DataTypes.Scalar(ScalarKind.Int32), second),
                    ]
                )
                .Arguments,
        ];
    }

    [TestCase("c", "it has no parameter 'c'")]
    [TestCase("a", "parameter 'a' is given twice")]
    [TestCase("b", "parameter 'c' has no argument")]
    public void SaysWhyNamesDoNotFit(string second, string reason)
    {
        var number = DataTypes.Scalar(ScalarKind.Float64);
        var signature =
            second == "b"
                ? Signature(("a", number), ("b", number), ("c", number))
                : Signature(("a", number), ("b", number));

        var error = Assert.Throws<ProtocolException>(() =>
            OverloadResolution.Choose(
                "f",
                [signature],
                [new OverloadArgument(number), new OverloadArgument(number, second)]
            )
        );

        Assert.That(error!.Message, Does.EndWith(reason));
    }

    [Test]
    public void LeavesOutWhatHasADefaultAndPrefersTheOverloadThatNeedsNone()
    {
        var number = DataTypes.Scalar(ScalarKind.Float64);
        var withDefault = Signature(("x", number), ("rate", number));
        withDefault.Parameters[1].DefaultValue = new Value { Float32 = 0.5f };
        var call = new Arguments { Positional = { new Value { Int32 = 2 } } };

        var chosen = OverloadResolution.Choose("f", [withDefault, Signature(("x", number))], call, out var one);
        OverloadResolution.Choose("f", [withDefault], call, out var both);

        Assert.That(chosen, Is.EqualTo(1));
        Assert.That(one.Select(v => v.Float64), Is.EqualTo(new[] { 2.0 }));
        Assert.That(both.Select(v => v.Float64), Is.EqualTo(new[] { 2.0, 0.5 }));
        Assert.That(DataTypes.CSharpText("f", withDefault), Is.EqualTo("f(double x, double rate = 0.5f) → double"));
    }

    [Test]
    public void TuplesConvertByElementAndStructsDoNot()
    {
        var tuple = Tuple(ScalarKind.Float64, ScalarKind.Int64);
        var point = Struct("Point", ScalarKind.Float64, ScalarKind.Int64);
        var value = new Value
        {
            Struct = new StructValue
            {
                Fields =
                {
                    new Value { Int32 = 3 },
                    new Value { Int32 = 4 },
                },
            },
        };

        var converted = Values.Convert(value, tuple);

        Assert.That(DataTypes.IsImplicit(Values.TypeOf(value), tuple), Is.True);
        Assert.That(converted.Struct.Fields[0].Float64, Is.EqualTo(3));
        Assert.That(converted.Struct.Fields[1].Int64, Is.EqualTo(4));
        Assert.That(DataTypes.IsImplicit(Values.TypeOf(value), point), Is.False);
        Assert.That(DataTypes.IsImplicit(Values.TypeOf(converted), point), Is.True);
        Assert.That(DataTypes.IsImplicit(Struct("Other", ScalarKind.Float64, ScalarKind.Int64), point), Is.False);
    }

    [Test]
    public void ArraysMatchByElementAndRank()
    {
        var array = DataTypes.Array(ScalarKind.Int32, 2);

        Assert.That(DataTypes.IsImplicit(DataTypes.Array(ScalarKind.Int32, 2), array), Is.True);
        Assert.That(DataTypes.IsImplicit(DataTypes.Array(ScalarKind.Int32, 1), array), Is.False);
        Assert.That(DataTypes.IsImplicit(DataTypes.Array(ScalarKind.Int16, 2), array), Is.False);
        Assert.That(DataTypes.IsImplicit(array, DataTypes.Array(ScalarKind.Int32, DataTypes.AnyRank)), Is.True);
    }

    [TestCase(Value.KindOneofCase.Int8, 128)]
    [TestCase(Value.KindOneofCase.Int16, -32769)]
    [TestCase(Value.KindOneofCase.Uint8, 256)]
    [TestCase(Value.KindOneofCase.Uint16, 65536)]
    [TestCase(Value.KindOneofCase.Float16, 65536)]
    [TestCase(Value.KindOneofCase.Char, 65536)]
    [TestCase(Value.KindOneofCase.None, 0)]
    public void RefusesValuesThatDoNotFitTheirOwnType(Value.KindOneofCase kind, int number)
    {
        var value = new Value();
        switch (kind)
        {
            case Value.KindOneofCase.Int8:
                value.Int8 = number;
                break;
            case Value.KindOneofCase.Int16:
                value.Int16 = number;
                break;
            case Value.KindOneofCase.Uint8:
                value.Uint8 = (uint)number;
                break;
            case Value.KindOneofCase.Uint16:
                value.Uint16 = (uint)number;
                break;
            case Value.KindOneofCase.Float16:
                value.Float16 = (uint)number;
                break;
            case Value.KindOneofCase.Char:
                value.Char = (uint)number;
                break;
        }

        Assert.That(() => Values.TypeOf(value), Throws.TypeOf<ProtocolException>());
    }

    [TestCase("")]
    [TestCase("Grüße, 世界 🌍")]
    [TestCase("a\ud800b")]
    [TestCase("\udc00")]
    [TestCase("nul \0 inside")]
    public void TextKeepsItsCodeUnits(string text)
    {
        var value = Value.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(Values.OfText(text)));

        Assert.That(Values.ToText(value), Is.EqualTo(text));
        Assert.That(Values.TypeOf(value), Is.EqualTo(DataTypes.Text));
    }

    private static int Choose(ScalarKind[][] overloads, params ScalarKind[] arguments)
    {
        try
        {
            return OverloadResolution
                .Choose(
                    "f",
                    [.. overloads.Select(o => Signature([.. o.Select((k, i) => ($"p{i}", DataTypes.Scalar(k)))]))],
                    [.. arguments.Select(k => new OverloadArgument(DataTypes.Scalar(k)))]
                )
                .Index;
        }
        catch (ProtocolException error)
        {
            return error.Error.Code == ErrorCode.AmbiguousCall ? CSharp.Ambiguous : CSharp.NoOverload;
        }
    }

    private static Signature Signature(params (string Name, DataType Type)[] parameters)
    {
        var signature = new Signature { Result = DataTypes.Scalar(ScalarKind.Float64) };
        signature.Parameters.AddRange(parameters.Select(p => new Parameter { Name = p.Name, Type = p.Type }));
        return signature;
    }

    private static DataType Tuple(params ScalarKind[] items) => Struct("", items);

    private static DataType Struct(string name, params ScalarKind[] items)
    {
        var type = new StructType { Name = name };
        type.Fields.AddRange(items.Select((k, i) => new Field { Name = $"Item{i + 1}", Type = DataTypes.Scalar(k) }));
        return new DataType { Struct = type };
    }

    private static Type ClrType(ScalarKind kind) => kind == ScalarKind.Char ? typeof(char) : kind.Element.ClrType;

    private static long Slot(object value) => Mlir.Runtime.ElementTypes.ToSlot(value);

    /// <summary>A value that loses bits wherever a conversion is done through too narrow a type.</summary>
    private static object Sample(ScalarKind kind) =>
        kind switch
        {
            ScalarKind.Bool => true,
            ScalarKind.Int8 => sbyte.MinValue,
            ScalarKind.Int16 => short.MinValue,
            ScalarKind.Int32 => int.MinValue + 1,
            ScalarKind.Int64 => long.MinValue + 1,
            ScalarKind.Uint8 => byte.MaxValue,
            ScalarKind.Uint16 => ushort.MaxValue,
            ScalarKind.Uint32 => uint.MaxValue,
            ScalarKind.Uint64 => ulong.MaxValue - 1023,
            ScalarKind.Float16 => (Half)0.1f,
            ScalarKind.Float32 => 0.1f,
            ScalarKind.Float64 => 0.1,
            ScalarKind.Char => '\uffff',
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
