namespace Mlir.IR;

/// <summary>A value of the IR: the result of an operation or the argument of a block.</summary>
public abstract class Value
{
    private protected Value(IrType type) => Type = type;

    /// <summary>The type of the value. Changing it is up to rewrites that keep every user valid.</summary>
    public IrType Type { get; set; }

    /// <summary>The operation that computes this value, or null for a block argument.</summary>
    public abstract Operation? Definer { get; }

    /// <summary>The block in which the value is defined; null while its operation is detached.</summary>
    public abstract Block? ParentBlock { get; }

    /// <summary>A name that the printer should prefer, without <c>%</c>; null for a number.</summary>
    public string? NameHint { get; set; }

    /// <summary>The first use, the head of an intrusive list; null when unused.</summary>
    public OpOperand? FirstUse { get; internal set; }

    /// <summary>Every use. Not to be enumerated while uses are edited: loop on <see cref="FirstUse"/> instead.</summary>
    public UseEnumerator Uses => new(FirstUse);

    /// <summary>Whether nothing uses the value.</summary>
    public bool IsUnused => FirstUse is null;

    /// <summary>Whether exactly one operand uses the value.</summary>
    public bool HasOneUse => FirstUse is { NextUse: null };

    /// <summary>Makes every user of this value use <paramref name="replacement"/>.</summary>
    public void ReplaceAllUsesWith(Value replacement)
    {
        if (ReferenceEquals(replacement, this))
        {
            return;
        }

        while (FirstUse is { } use)
        {
            use.Set(replacement);
        }
    }

    /// <summary>Makes the users for which <paramref name="condition"/> holds use <paramref name="replacement"/>.</summary>
    public void ReplaceUsesWhere(Value replacement, Func<OpOperand, bool> condition)
    {
        for (var use = FirstUse; use is not null; )
        {
            var next = use.NextUse;
            if (condition(use))
            {
                use.Set(replacement);
            }

            use = next;
        }
    }
}
