using System.Collections.Generic;
using System.Linq;

namespace Mlir.IR.Generators;

/// <summary>All that the generator knows about an operation; equal models generate equal code.</summary>
internal sealed record OpModel(
    string Name,
    string ClassName,
    string Namespace,
    string Modifiers,
    Items<string> Usings,
    Items<ValueModel> Operands,
    Items<ValueModel> Results,
    Items<AttrModel> Attributes,
    Items<RegionModel> Regions,
    Items<SuccessorModel> Successors,
    Items<FormatElement>? Format,
    bool HasParseCustom,
    bool HasPrint,
    bool SameType,
    bool SameOperandTypes,
    bool SameShape,
    bool IsIsolated,
    Items<string> Members,
    Items<string> Constructors
)
{
    public string FullName => Namespace.Length == 0 ? ClassName : Namespace + "." + ClassName;

    public bool HasOperandSegments => Operands.Count(o => o.Arity != Arity.One) > 1;

    public bool HasResultSegments => Results.Count(r => r.Arity != Arity.One) > 1;

    public int OperandSegmentsSlot => Attributes.Count;

    public int ResultSegmentsSlot => Attributes.Count + (HasOperandSegments ? 1 : 0);

    public IEnumerable<ValueModel> Values => Operands.Concat(Results);

    public IEnumerable<PartModel> Parts =>
        Operands.Cast<PartModel>().Concat(Results).Concat(Attributes).Concat(Regions).Concat(Successors);

    /// <summary>The inherited member, qualified where the class has a property of that name.</summary>
    public string Inherited(string member) => Members.Contains(member) ? "base." + member : member;

    public ValueModel? FindValue(string property) => Values.FirstOrDefault(v => v.Property == property);

    public AttrModel? FindAttribute(string property) => Attributes.FirstOrDefault(a => a.Property == property);
}
