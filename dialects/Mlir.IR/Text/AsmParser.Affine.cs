namespace Mlir.IR.Text;

public sealed partial class AsmParser
{
    // Sums and products nest to the left, so a long one is as deep as it has operators.
    private const int MaxAffineOperators = 256;

    private readonly record struct AffineNames(List<string> Dims, List<string> Symbols);

    private int _affineOperators;

    /// <summary>Consumes <c>(d0, d1)[s0] -> (d1, d0 + s0)</c>.</summary>
    public AffineMap ParseAffineMap()
    {
        var names = ParseAffineNames();
        Expect("->");
        ExpectPunctuation('(');
        var results = new List<AffineExpr>();
        if (!TryPunctuation(')'))
        {
            do
            {
                _affineOperators = 0;
                CheckCount(results.Count, "results of an affine map");
                results.Add(ParseAffineSum(names));
            } while (TryPunctuation(','));
            ExpectPunctuation(')');
        }

        return new AffineMap(names.Dims.Count, names.Symbols.Count, EquatableArray.From(results));
    }

    private AffineNames ParseAffineNames()
    {
        var names = new AffineNames([], []);
        ExpectPunctuation('(');
        ParseAffineIdentifiers(names, names.Dims, ')');
        if (TryPunctuation('['))
        {
            ParseAffineIdentifiers(names, names.Symbols, ']');
        }

        return names;
    }

    private void ParseAffineIdentifiers(AffineNames all, List<string> target, char close)
    {
        if (TryPunctuation(close))
        {
            return;
        }

        var seen = new HashSet<string>(all.Dims);
        do
        {
            var at = _lexer.Start;
            var name = ParseKeyword();
            if (!seen.Add(name))
            {
                throw FailInvalid($"redefinition of identifier '{name}'", at);
            }

            CheckCount(target.Count, "dimensions of an affine map");
            target.Add(name);
        } while (TryPunctuation(','));
        ExpectPunctuation(close);
    }

    private AffineExpr ParseAffineSum(AffineNames names)
    {
        var left = ParseAffineProduct(names);
        while (IsPunctuation('+') || IsPunctuation('-'))
        {
            var negative = IsPunctuation('-');
            CountAffineOperator();
            _lexer.Next();
            var right = ParseAffineProduct(names);
            left += negative ? Negate(right) : right;
        }

        return left;
    }

    private static AffineExpr Negate(AffineExpr expression) => expression * AffineExpr.Constant(-1);

    private void CountAffineOperator()
    {
        if (++_affineOperators > MaxAffineOperators)
        {
            throw Fail(ParserErrors.TooDeep, _lexer.Start, "affine expressions", MaxAffineOperators);
        }
    }

    private AffineExpr ParseAffineProduct(AffineNames names)
    {
        var left = ParseAffineOperand(names);
        while (true)
        {
            AffineBinaryKind kind;
            if (IsPunctuation('*'))
            {
                kind = AffineBinaryKind.Mul;
            }
            else if (_lexer.Kind != TokenKind.Identifier)
            {
                return left;
            }
            else if (_lexer.Span is "floordiv")
            {
                kind = AffineBinaryKind.FloorDiv;
            }
            else if (_lexer.Span is "ceildiv")
            {
                kind = AffineBinaryKind.CeilDiv;
            }
            else if (_lexer.Span is "mod")
            {
                kind = AffineBinaryKind.Mod;
            }
            else
            {
                return left;
            }

            CountAffineOperator();
            var at = _lexer.Start;
            _lexer.Next();
            var right = ParseAffineOperand(names);
            if (kind == AffineBinaryKind.Mul ? !IsSymbolic(left) && !IsSymbolic(right) : !IsSymbolic(right))
            {
                throw FailInvalid(
                    kind == AffineBinaryKind.Mul
                        ? "non-affine expression: at least one of the multiply operands has to be either a constant or symbolic"
                        : "non-affine expression: the right operand has to be either a constant or symbolic",
                    at
                );
            }

            if (kind != AffineBinaryKind.Mul && right is AffineConstantExpr { Value: <= 0 })
            {
                throw FailInvalid("the divisor of an affine expression must be positive", at);
            }

            left = AffineExpr.Binary(kind, left, right);
        }
    }

    private static bool IsSymbolic(AffineExpr expression) =>
        expression switch
        {
            AffineDimExpr => false,
            AffineBinaryExpr binary => IsSymbolic(binary.Left) && IsSymbolic(binary.Right),
            _ => true,
        };

    private AffineExpr ParseAffineOperand(AffineNames names)
    {
        if (_lexer.Kind == TokenKind.Integer)
        {
            return AffineExpr.Constant(ParseInteger());
        }

        if (_lexer.Kind == TokenKind.Identifier)
        {
            var name = _names.Get(_lexer.Span);
            var position = names.Dims.IndexOf(name);
            var result =
                position >= 0 ? AffineExpr.Dim(position)
                : names.Symbols.IndexOf(name) is >= 0 and var symbol ? AffineExpr.Symbol(symbol)
                : throw FailInvalid($"use of undeclared identifier '{name}'", _lexer.Start);
            _lexer.Next();
            return result;
        }

        if (IsPunctuation('-'))
        {
            CountAffineOperator();
            _lexer.Next();
            if (_lexer.Kind == TokenKind.Integer)
            {
                var at = _lexer.Start;
                if (!TryReadMagnitude(_lexer.Span, out var magnitude) || magnitude > (UInt128)long.MaxValue + 1)
                {
                    throw Fail(ParserErrors.OutOfRange, at, "64 bits");
                }

                _lexer.Next();
                return AffineExpr.Constant(unchecked(-(long)(ulong)magnitude));
            }

            return Negate(Nested(() => ParseAffineOperand(names)));
        }

        if (TryPunctuation('('))
        {
            var inner = Nested(() => ParseAffineSum(names));
            ExpectPunctuation(')');
            return inner;
        }

        throw FailExpected("an affine expression");
    }
}
