using System.Runtime.InteropServices;

namespace Mlir.IR.Text;

public sealed partial class AsmParser
{
    private readonly Stack<ValueScope> _outerScopes = new();
    private readonly Dictionary<ForwardValue, (int Start, int Length, int Number)> _forwardValues = new(
        ReferenceEqualityComparer.Instance
    );
    private ValueScope _scope = null!;

    // Set by the first use before a definition; without one, operands need no second look.
    private bool _hadForwardValues;

    /// <summary>Consumes <c>%x</c> or <c>%x#1</c>.</summary>
    public UnresolvedOperand ParseOperand() =>
        TryParseOperand(out var operand) ? operand : throw FailExpected("SSA operand");

    /// <summary>Consumes <c>%x</c> or <c>%x#1</c> if it is next.</summary>
    public bool TryParseOperand(out UnresolvedOperand operand)
    {
        if (_lexer.Kind != TokenKind.Percent)
        {
            operand = default;
            return false;
        }

        var (start, length) = (_lexer.Start, _lexer.End - _lexer.Start);
        _lexer.Next();
        operand = new UnresolvedOperand(this, start, length, _lexer.Kind == TokenKind.Hash ? ParseResultNumber() : 0);
        return true;
    }

    private int ParseResultNumber()
    {
        var digits = _lexer.Span[1..];
        if (
            digits.ContainsAnyExceptInRange('0', '9')
            || !int.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var number)
        )
        {
            throw FailInvalid("expected SSA value number", _lexer.Start);
        }

        _lexer.Next();
        return number;
    }

    /// <summary>Consumes operands with commas between them, possibly none.</summary>
    public List<UnresolvedOperand> ParseOperandList()
    {
        var operands = new List<UnresolvedOperand>();
        if (TryParseOperand(out var operand))
        {
            operands.Add(operand);
            while (TryPunctuation(','))
            {
                CheckCount(operands.Count, "operands in a list");
                operands.Add(ParseOperand());
            }
        }

        return operands;
    }

    /// <summary>Consumes operands between delimiters, <c>(%a, %b)</c>, possibly none.</summary>
    public List<UnresolvedOperand> ParseOperandList(string open, string close)
    {
        Expect(open);
        var operands = ParseOperandList();
        Expect(close);
        return operands;
    }

    /// <summary>The value that <paramref name="operand"/> names; one that is defined further down gets a placeholder until then.</summary>
    public Value Resolve(UnresolvedOperand operand, IrType type)
    {
        var name = operand.NameSpan;
        var slot = _scope.Find(name, operand.Number, out var first);
        if (slot.Value is { } value)
        {
            if (value.Type != type)
            {
                throw new AsmParseException(
                    ParserErrors.TypeMismatch.At(operand.Location, operand.ToString(), type, value.Type) with
                    {
                        Notes = [NoteAt(slot.Position, "prior use here")],
                    }
                );
            }

            return value;
        }

        if (first is not (null or ForwardValue))
        {
            throw Fail(ParserErrors.ResultNumber, operand.Start);
        }

        var forward = new ForwardValue(type, operand.Start);
        _scope.AddForward(operand.Start + 1, operand.Length - 1, operand.Number, forward);
        _forwardValues.Add(forward, (operand.Start, operand.Length, operand.Number));
        _hadForwardValues = true;
        return forward;
    }

    /// <summary>Resolves operands to values of <paramref name="types"/>, one for each, and appends them to the state.</summary>
    public void Resolve(IReadOnlyList<UnresolvedOperand> operands, IReadOnlyList<IrType> types, OperationState state)
    {
        if (operands.Count != types.Count)
        {
            throw new AsmParseException(
                ParserErrors.OperandCount.At(
                    operands.Count > 0 ? operands[0].Location : CurrentLocation,
                    operands.Count,
                    types.Count
                )
            );
        }

        for (var i = 0; i < operands.Count; i++)
        {
            state.Operands.Add(Resolve(operands[i], types[i]));
        }
    }

    /// <summary>Resolves operands that all have <paramref name="type"/> and appends them to the state.</summary>
    public void Resolve(IReadOnlyList<UnresolvedOperand> operands, IrType type, OperationState state)
    {
        for (var i = 0; i < operands.Count; i++)
        {
            state.Operands.Add(Resolve(operands[i], type));
        }
    }

    /// <summary>Resolves an operand and appends it to the state.</summary>
    public void Resolve(UnresolvedOperand operand, IrType type, OperationState state) =>
        state.Operands.Add(Resolve(operand, type));

    /// <summary>Gives <paramref name="value"/> the name at <paramref name="start"/> (with <c>%</c>) in the innermost region.</summary>
    private void Define(int start, int length, int number, Value value)
    {
        if (!_scope.Define(start + 1, length - 1, number, value, out var earlier))
        {
            throw new AsmParseException(
                ParserErrors.RedefinedValue.At(_source.LocationAt(start), _text.Substring(start, length)) with
                {
                    Notes = [NoteAt(earlier.Position, "previously defined here")],
                }
            );
        }

        if (earlier.Value is ForwardValue forward)
        {
            if (forward.Type != value.Type)
            {
                throw new AsmParseException(
                    ParserErrors.DefinitionMismatch.At(
                        _source.LocationAt(start),
                        _text.Substring(start, length),
                        number,
                        value.Type
                    ) with
                    {
                        Notes = [NoteAt(forward.Position, $"previously used here with type {forward.Type}")],
                    }
                );
            }

            forward.Definition = value;
            forward.ReplaceAllUsesWith(value);
            _forwardValues.Remove(forward);
        }

        if (_options.KeepNames && !char.IsAsciiDigit(_text[start + 1]))
        {
            KeepName(_text.AsSpan(start + 1, length - 1), number, value);
        }
    }

    private void KeepName(ReadOnlySpan<char> name, int number, Value value)
    {
        // What the printer would choose anyway is no name worth keeping: it would go stale when operations move.
        if (number > 0 || SsaNames.IsDefault(name))
        {
            return;
        }

        if (
            value is OpResult result
            && result.Owner.ResultNameHint(result.Index) is { } hint
            && SsaNames.IsVariantOf(name, hint)
        )
        {
            return;
        }

        value.NameHint = _names.Get(name);
    }

    private void EnterIsolation(bool isolated)
    {
        if (isolated)
        {
            _outerScopes.Push(_scope);
            _scope = new ValueScope(_text);
        }

        _scope.PushLevel();
    }

    private void LeaveIsolation(bool isolated)
    {
        if (isolated)
        {
            _scope = _outerScopes.Pop();
        }
        else
        {
            _scope.PopLevel();
        }
    }

    /// <summary>Operands may have been defined since they were resolved: inside the operation's own regions.</summary>
    private void SettleOperands(List<Value> operands)
    {
        if (!_hadForwardValues)
        {
            return;
        }

        foreach (ref var operand in CollectionsMarshal.AsSpan(operands))
        {
            if (operand is ForwardValue { Definition: { } definition })
            {
                operand = definition;
            }
        }
    }

    /// <summary>Reports every value that was used and never defined, in text order.</summary>
    private void CheckForwardValues()
    {
        if (_forwardValues.Count == 0)
        {
            return;
        }

        throw new AsmParseException([
            .. _forwardValues
                .Values.OrderBy(v => v.Start)
                .Select(v =>
                    ParserErrors.UndefinedValue.At(
                        _source.LocationAt(v.Start),
                        _text.Substring(v.Start, v.Length) + (v.Number > 0 ? $"#{v.Number}" : "")
                    )
                ),
        ]);
    }
}
