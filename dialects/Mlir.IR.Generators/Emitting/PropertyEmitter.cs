using System.Linq;

namespace Mlir.IR.Generators;

/// <summary>Writes the bodies of the properties.</summary>
internal static class PropertyEmitter
{
    public static void Emit(SourceWriter w, OpModel op)
    {
        foreach (var operand in op.Operands)
        {
            Property(w, operand, Operand(op, operand), OperandSetter(op, operand));
        }

        foreach (var result in op.Results)
        {
            Property(w, result, Result(op, result), null);
        }

        foreach (var attribute in op.Attributes)
        {
            Property(w, attribute, AttributeGetter(attribute), AttributeSetter(attribute));
        }

        foreach (var region in op.Regions)
        {
            var regions = op.Inherited("Regions");
            Property(
                w,
                region,
                region switch
                {
                    { IsVariadic: false } => $"{regions}[{region.Index}]",
                    { Index: 0 } => regions,
                    _ => $"[.. {regions}.Skip({region.Index})]",
                },
                null
            );
        }

        foreach (var successor in op.Successors)
        {
            var successors = op.Inherited("Successors");
            Property(
                w,
                successor,
                successor.IsVariadic
                    ? $"[.. {successors}{(successor.Index == 0 ? "" : $".Skip({successor.Index})")}.Select(s => s.Target)]"
                    : $"{successors}[{successor.Index}].Target",
                successor.IsVariadic ? null : $"{successors}[{successor.Index}].Set(value)"
            );
        }
    }

    /// <summary>Where the values of a group start among all operands (results), as an expression.</summary>
    public static string Start(OpModel op, ValueModel value)
    {
        var group = value.IsResult ? op.Results : op.Operands;
        var open = group.FirstOrDefault(v => v.Arity != Arity.One);
        if (
            open is not null
            && value.Index > open.Index
            && (value.IsResult ? op.HasResultSegments : op.HasOperandSegments)
        )
        {
            var slot = value.IsResult ? op.ResultSegmentsSlot : op.OperandSegmentsSlot;
            return $"OpParts.SegmentStart(GetInherent({slot}), {value.Index})";
        }

        return open is null || value.Index <= open.Index
            ? value.Index.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : $"{Total(op, value)} - {group.Count - value.Index}";
    }

    private static string Total(OpModel op, ValueModel value) =>
        value.IsResult ? "OpResults.Length" : op.Inherited("Operands") + ".Count";

    private static string Operand(OpModel op, ValueModel operand)
    {
        var operands = op.Inherited("Operands");
        if (
            op.HasOperandSegments
            && (operand.Arity != Arity.One || op.Operands.Any(o => o.Index < operand.Index && o.Arity != Arity.One))
        )
        {
            var segment = $"OpParts.Segment({operands}, GetInherent({op.OperandSegmentsSlot}), {operand.Index})";
            return operand.Arity switch
            {
                Arity.One => segment + "[0]",
                Arity.Optional => $"{segment} is {{ Count: > 0 }} part ? part[0] : null",
                _ => segment,
            };
        }

        var others = op.Operands.Count - 1;
        return operand.Arity switch
        {
            Arity.One => $"{operands}[{Start(op, operand)}]",
            Arity.Optional => $"{operands}.Count > {others} ? {operands}[{operand.Index}] : null",
            _ when others == 0 => operands,
            _ => $"{operands}.Slice({operand.Index}, {operands}.Count - {others})",
        };
    }

    private static string OperandSetter(OpModel op, ValueModel operand)
    {
        if (operand.Arity == Arity.One)
        {
            return $"SetOperand({Start(op, operand)}, value)";
        }

        var values = operand.Arity == Arity.Optional ? "OpParts.Optional(value)" : "value.ToArray()";
        var count = op.HasOperandSegments
            ? $"OpParts.SegmentSize(GetInherent({op.OperandSegmentsSlot}), {operand.Index})"
            : $"{op.Inherited("Operands")}.Count - {op.Operands.Count - 1}";
        var segments = op.HasOperandSegments ? $", {op.OperandSegmentsSlot}, {operand.Index}" : "";
        return $"OpParts.ReplaceOperands(this, {Start(op, operand)}, {count}, {values}{segments})";
    }

    private static string Result(OpModel op, ValueModel result)
    {
        if (
            op.HasResultSegments
            && (result.Arity != Arity.One || op.Results.Any(r => r.Index < result.Index && r.Arity != Arity.One))
        )
        {
            var segment =
                $"OpParts.Segment({op.Inherited("Results")}, GetInherent({op.ResultSegmentsSlot}), {result.Index})";
            return result.Arity switch
            {
                Arity.One => segment + "[0]",
                Arity.Optional => $"{segment} is {{ Count: > 0 }} part ? part[0] : null",
                _ => segment,
            };
        }

        var others = op.Results.Count - 1;
        return result.Arity switch
        {
            Arity.One => $"OpResults[{Start(op, result)}]",
            Arity.Optional => $"OpResults.Length > {others} ? OpResults[{result.Index}] : null",
            _ when others == 0 => op.Inherited("Results"),
            _ => $"OpResults.Slice({result.Index}, OpResults.Length - {others}).ToArray()",
        };
    }

    private static string AttributeGetter(AttrModel attribute)
    {
        var slot = attribute.Slot;
        if (attribute.Kind == AttrKind.Unit)
        {
            return $"GetInherent({slot}) is not null";
        }

        if (attribute.Kind == AttrKind.Class && attribute.Default is null)
        {
            return attribute switch
            {
                { ClassName: "IrAttribute", IsNullable: true } => $"GetInherent({slot})",
                { ClassName: "IrAttribute" } => $"GetInherent({slot})!",
                { IsNullable: true } => $"GetInherent({slot}) as {attribute.ValueType}",
                _ => $"({attribute.ValueType})GetInherent({slot})!",
            };
        }

        if (attribute.IsRequired)
        {
            return attribute.FromStorage($"(({attribute.Storage})GetInherent({slot})!)");
        }

        var otherwise = attribute.Default ?? (attribute.IsValueType ? $"({attribute.TypeText})null" : "null");
        return $"GetInherent({slot}) is {attribute.Storage} stored ? {attribute.FromStorage("stored")} : {otherwise}";
    }

    private static string AttributeSetter(AttrModel attribute) =>
        attribute switch
        {
            { Kind: AttrKind.Unit } => $"SetInherent({attribute.Slot}, value ? UnitAttr.Instance : null)",
            { IsRequired: true } or { Kind: AttrKind.Class, Default: null } =>
                $"SetInherent({attribute.Slot}, {attribute.ToStorage("value")})",
            { Default: null } =>
                $"SetInherent({attribute.Slot}, value is {{ }} present ? {attribute.ToStorage("present")} : null)",
            _ => $"SetInherent({attribute.Slot}, value == {attribute.Default} ? null : {attribute.ToStorage("value")})",
        };

    private static void Property(SourceWriter w, PartModel part, string getter, string? setter)
    {
        w.Line();
        var header = $"{part.Modifiers} {part.TypeText} {part.Property}";
        if (part.Setter is null && part.Getter == "get")
        {
            w.Line($"{header} => {getter};");
            return;
        }

        w.Open(header);
        w.Line($"{part.Getter} => {getter};");
        if (part.Setter is not null && setter is not null)
        {
            w.Line($"{part.Setter} => {setter};");
        }

        w.Close();
    }
}
