namespace Mlir.IR.Text;

/// <summary>stub</summary>
public sealed partial class AsmParser
{
    private static Exception No() => throw new NotSupportedException();
    internal AsmParser(DialectRegistry d) => Dialects = d;
    internal Location LocationAt(int start) => throw No();
    internal ReadOnlySpan<char> TextAt(int start, int length) => throw No();
    /// <summary>x</summary>
    public DialectRegistry Dialects { get; }
    /// <summary>Consumes punctuation or a bare keyword, or fails.</summary>
    public void Expect(string text) => throw No();
    /// <summary>x</summary>
    public bool TryConsume(string text) => throw No();
    /// <summary>x</summary>
    public bool Peek(string text) => throw No();
    /// <summary>x</summary>
    public string ParseKeyword() => throw No();
    /// <summary>x</summary>
    public bool TryParseKeyword([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? keyword) => throw No();
    /// <summary>x</summary>
    public long ParseInteger() => throw No();
    /// <summary>x</summary>
    public bool TryParseInteger(out long value) => throw No();
    /// <summary>x</summary>
    public double ParseFloat() => throw No();
    /// <summary>x</summary>
    public string ParseString() => throw No();
    /// <summary>x</summary>
    public bool TryParseString([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => throw No();
    /// <summary>x</summary>
    public string ParseSymbolName() => throw No();
    /// <summary>x</summary>
    public bool TryParseSymbolName([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? name) => throw No();
    /// <summary>x</summary>
    public Location CurrentLocation => throw No();
    /// <summary>x</summary>
    public AsmParseException Error(string message, Location? at = null) => throw No();
    /// <summary>x</summary>
    public UnresolvedOperand ParseOperand() => throw No();
    /// <summary>x</summary>
    public bool TryParseOperand(out UnresolvedOperand operand) => throw No();
    /// <summary>x</summary>
    public List<UnresolvedOperand> ParseOperandList() => throw No();
    /// <summary>x</summary>
    public List<UnresolvedOperand> ParseOperandList(string open, string close) => throw No();
    /// <summary>x</summary>
    public Value Resolve(UnresolvedOperand operand, IrType type) => throw No();
    /// <summary>x</summary>
    public void Resolve(IReadOnlyList<UnresolvedOperand> operands, IReadOnlyList<IrType> types, OperationState state) => throw No();
    /// <summary>x</summary>
    public void Resolve(UnresolvedOperand operand, IrType type, OperationState state) => throw No();
    /// <summary>x</summary>
    public IrType ParseType() => throw No();
    /// <summary>x</summary>
    public bool TryParseType([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IrType? type) => throw No();
    /// <summary>x</summary>
    public T ParseType<T>()
        where T : IrType => throw No();
    /// <summary>x</summary>
    public List<IrType> ParseTypeList() => throw No();
    /// <summary>x</summary>
    public List<IrType> ParseOptionalTypeList() => throw No();
    /// <summary>x</summary>
    public List<IrType> ParseArrowTypeList() => throw No();
    /// <summary>x</summary>
    public FunctionType ParseFunctionType() => throw No();
    /// <summary>x</summary>
    public IrAttribute ParseAttribute(IrType? type = null) => throw No();
    /// <summary>x</summary>
    public T ParseAttribute<T>(IrType? type = null)
        where T : IrAttribute => throw No();
    /// <summary>x</summary>
    public bool TryParseAttribute([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IrAttribute? attribute, IrType? type = null) => throw No();
    /// <summary>x</summary>
    public void ParseOptionalAttrDict(OperationState state) => throw No();
    /// <summary>x</summary>
    public void ParseOptionalAttrDictWithKeyword(OperationState state) => throw No();
    /// <summary>x</summary>
    public DictionaryAttr ParseOptionalDictionary() => throw No();
    /// <summary>x</summary>
    public AffineMap ParseAffineMap() => throw No();
    /// <summary>x</summary>
    public T ParseEnum<T>()
        where T : struct, Enum => throw No();
    /// <summary>x</summary>
    public long[] ParseDimensions(bool allowDynamic = true, bool withTrailingX = true) => throw No();
    /// <summary>x</summary>
    public Location ParseLocation() => throw No();
    /// <summary>x</summary>
    public bool TryParseTrailingLocation([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Location? location) => throw No();
    /// <summary>x</summary>
    public RegionArgument ParseRegionArgument(bool allowType = false, bool allowAttrs = false) => throw No();
    /// <summary>x</summary>
    public List<RegionArgument> ParseRegionArgumentList(string open, string close, bool allowType, bool allowAttrs = false) => throw No();
    /// <summary>x</summary>
    public Region ParseRegion(IReadOnlyList<RegionArgument>? entryArguments = null) => throw No();
    /// <summary>x</summary>
    public Region? TryParseRegion(IReadOnlyList<RegionArgument>? entryArguments = null) => throw No();
    /// <summary>x</summary>
    public Block ParseSuccessor() => throw No();
    /// <summary>x</summary>
    public (Block Block, List<Value> Operands) ParseSuccessorAndOperands() => throw No();
    /// <summary>x</summary>
    public void EnsureTerminator(Region region, Func<Location, Operation> make) => throw No();
}
