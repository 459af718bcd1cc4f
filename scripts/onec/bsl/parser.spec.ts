import { parseModule } from './parser';
import { type Statement } from './syntax';
import { BslSyntaxError } from './tokens';

function bodyOf(code: string): Statement[] {
  return parseModule(`Процедура П()\n${code}\nКонецПроцедуры`).methods[0]?.body ?? [];
}

function valueOf(expression: string): unknown {
  const [statement] = bodyOf(`А = ${expression};`);
  return statement?.type === 'assign' ? statement.value : undefined;
}

describe('parseModule', () => {
  it('reads headings', () => {
    const { methods, regions } = parseModule(
      '\uFEFF#Область О\n&НаСервере\nФункция Ф(Знач А, Б = -1) Экспорт\nВозврат А;\nКонецФункции\n#КонецОбласти\n',
    );
    expect(methods).toMatchObject([
      {
        ...{ kind: 'function', name: 'Ф', exported: true, directives: ['&НаСервере'], startLine: 2, headingLine: 3, endLine: 5 },
        parameters: [{ name: 'А', byValue: true }, { name: 'Б', byValue: false }],
      },
    ]);
    expect(regions).toEqual([{ name: 'О', startLine: 1, endLine: 6, depth: 0 }]);
  });

  it('binds Не weaker than a comparison, И stronger than Или', () => {
    expect(valueOf('Не Б = 1 Или В И Г')).toMatchObject({
      operator: 'or',
      left: { type: 'unary', operand: { operator: '=' } },
      right: { operator: 'and' },
    });
    expect(valueOf('1 + 2 * -3')).toMatchObject({ operator: '+', right: { operator: '*', right: { type: 'unary' } } });
  });

  it('joins the lines of a text, and undoes doubled quotes', () => {
    expect(valueOf('"а ""б""\n\t|в // г"')).toMatchObject({ value: 'а "б"\nв // г' });
  });

  it('takes reserved words for names after a dot alone', () => {
    expect(bodyOf('Запрос.Выполнить();')).toHaveLength(1);
    expect(() => parseModule('Функция Выполнить()\nКонецФункции')).toThrow(BslSyntaxError);
  });

  it.each([
    ['Если Истина Тогда', 'unexpected КонецПроцедуры'],
    ['А = ;', 'unexpected'],
    ['А = 1 Б = 2;', 'semicolon'],
    ['А;', 'assignment or a call'],
    ['А = "б;', 'string is not closed'],
    ['Ф(1;', '"," is missing'],
    ['А = [1];', 'unexpected "["'],
    ['Прервать Цикл;', 'semicolon'],
  ])('refuses %s', (code, message) => {
    expect(() => bodyOf(code)).toThrow(message);
  });

  it('tells the line of a fault', () => {
    expect(() => parseModule('Процедура П()\n\nА = ;\nКонецПроцедуры')).toThrow('line 3');
    expect(() => parseModule('#КонецОбласти')).toThrow('line 1');
    expect(() => parseModule('Асинх Процедура П()\nКонецПроцедуры')).toThrow(BslSyntaxError);
  });
});
