"""Common first names with the gender that they tell, and the short forms that stand for the same name.

They are used to see that two capitalised words are a person and to keep "she" from standing for Robert; a name that
is not here, or that either gender bears, decides nothing.
"""

from __future__ import annotations

import re
from typing import Final

_MEN: Final = """
aaron abdel abdul abdullah abraham adam adrian ahmad ahmed al alan albert alejandro alexander alfred ali allan allen
alvin amir amit anders andre andrei andrew andy angelo anthony anton antonio ari arjun arnold arthur asif barack
barney barry bart bashar ben benjamin benny bernard bernie bill billy bob bobby boris brad bradley brandon brendan
brent brett brian bruce bruno bryan byron calvin carl carlos carter cedric chad charles charlie chester chris
christian christopher chuck clarence claude clayton clifford clint colin corey cory craig curt curtis dale damian dan
daniel danny darrell darren dave david dean dennis derek devin diego dick dimitri dirk dmitry dominic don donald doug
douglas duncan dwight earl ed eddie edgar edmund eduardo edward edwin eli elias elijah eliot elliott elon emilio
emmanuel eric erik ernest ernesto ethan eugene evan fareed farid felipe felix fernando floyd francesco francis
francisco frank franklin fred frederick gabriel gareth gary gavin gene geoff geoffrey george gerald gerard gerry
gilbert glen glenn gordon graham grant greg gregory guillermo gunther gus guy hamid hank hans harold harry harvey
hassan hector heinz henri henrik henry herbert herman hiroshi horst howard hugh hugo hussein ian ibrahim igor ismail
ivan jack jacob jacques jaime jake jamal james jan jared jason javier jay jeb jeff jefferson jeffrey jeremy jerome
jerrold jerry jesse jim jimmy joachim joao joe joel john johnny jon jonas jonathan jorge jose josef joseph josh joshua
juan julian julio justin karim karl keith ken kenneth kent kevin khaled kirk klaus konstantin kurt kyle lamar lance
larry lars laurent lawrence lee leo leon leonard leroy lewis lindsey lionel lloyd logan lou louis lucas luis luke
magnus mahmoud malcolm manuel marc marcel marco marcos marcus mariano mario mark markus marshall martin marvin mathias
matt matthew maurice max maxim mehdi mehmet melvin michael michel miguel mike mikhail milton mitch mitchell mohamed
mohammad mohammed mohamad morgan moshe muhammad mustafa naim nasser nathan nathaniel neal neil nelson nicholas nick
nicolas nigel nikolai noah noel norman oleg oliver omar orlando oscar otto owen pablo pat patrick paul pavel pedro
perry pete peter phil philip philippe phillip pierre rafael rahul raj ralph ramon rand randall randy raul ray raymond
reggie reginald reid rene rex ricardo richard rick ricky rob robert roberto rod roderick rodney rodrigo roger roland
roman ron ronald rory ross roy ruben rudolph rudy rupert russ russell ryan sajid sam samir samuel sanjay scott sean
sebastian serge sergei sergey seth shane shaun sherrod sidney simon spencer stanley stefan stephen steve steven
stewart stuart sven tariq ted terence terrence thad theodore thom thomas tim timothy toby todd tom tommy tony travis
trent trevor trey tyler ulrich vernon victor vijay vikram viktor vincent vladimir volodymyr wade walter warren wayne
wendell werner wilbur will willem william winston wolfgang xavier yasser yuri yusuf zac zach zachary eliot garth
marlin dutch roberton tobias henning lennart rasmus
"""
_WOMEN: Final = """
abby abigail adele adriana agnes aisha alexandra alexis alice alicia alison allison alma alyssa amanda amber amelia
amy ana anastasia andrea angela anita ann anna anne annette annie april ariana ashley astrid audrey barbara beatrice
becky bella bernadette beth bethany betsy betty beverly bonnie brenda bridget brigitte brittany camilla candace carla
carly carmen carol carole caroline carolyn carrie catherine cathy cecilia celia charlene charlotte cheri cheryl chloe
christina christine cindy claire clara claudia colleen condoleezza connie constance cora cristina cynthia dana daniela
danielle darlene dawn deb debbie deborah debra delia denise diana diane dianne dolores dominique donna doris dorothy
edie edith eileen elaine eleanor elena elisabeth elise elizabeth ella ellen elsa emily emma erica erika erin esther
eva eve evelyn faith farah fatima faye fiona florence frances gabriela gail geraldine gina ginger giovanna gladys
glenda gloria grace greta gretchen gwen hannah harriet heather heidi helen helena helga henrietta hilary hilda hillary
holly hope huma ida ilhan ingrid irene iris isabel isabella ivanka jackie jacqueline jan jana jane janet janice jean
jeanette jeanne jeannette jen jennifer jenny jessica jill joan joann joanna joanne jodi josephine joy joyce juanita
judith judy julia julie june kamala karen kate katherine kathleen kathryn kathy katie katrina kay kayla kellyanne
kerry kimberly kirsten kristen kristin kristina lara laura lauren laurie leah leila lena leslie leticia lillian lily
linda lindsay lisa liz lois loretta lori lorraine louise lucia lucy lydia lynda lynn lynne mabel madeleine madeline
maggie marcia margaret margarita marge maria marian marianne marie marilyn marina marion marissa marjorie marlene
marsha martha mary maureen maxine mazie megan melania melanie melinda melissa meredith mia michele michelle mildred
mina miranda miriam molly monica monika myra nadia nancy nanette naomi natalia natalie natasha nicole nikki nina nora
norma olga olivia paige pamela patricia patty paula pauline peggy penelope penny petra phyllis priya rachel ramona
rebecca regina renee rhonda rita roberta robin rosa rosalind rose rosemary ruth sabrina sally samantha sandra sara
sarah shannon sharon sheila shelley sherry shirley silvia simone sofia sonia sophia sophie stacey stella stephanie sue
susan susanna suzanne sylvia tamara tammy tanya tara teresa terri theresa tiffany tina tonya tracy trisha tulsi ursula
valerie vanessa vera veronica vicki victoria viola virginia vivian wanda wendy whitney yolanda yvette yvonne zoe
xochitl lorena edda solveig annika
"""
_EITHER: Final = """
alex avery blake cameron casey chris dakota dana drew elliot hayden jamie jan jean jo jordan jody kelly kim kyung lee
leslie lynn marion morgan pat quinn reese riley robin sam shannon skyler stacy sydney taylor terry tracy kerry ryan
"""
_SHORT: Final = """
michael mike mick|robert bob bobby rob|william bill billy will|richard rick dick ricky rich|james jim jimmy jamie
|john jack johnny jon|jacob jack jake|joseph joe joey|thomas tom tommy thom|charles charlie chuck|edward ed eddie ted
|theodore ted|patrick pat|patricia pat patty trish|daniel dan danny|david dave|steven steve stephen|christopher chris
|benjamin ben|samuel sam|samantha sam|matthew matt|andrew andy drew|anthony tony|donald don donny
|kenneth ken kenny|timothy tim
|jeffrey jeff geoffrey geoff|gregory greg|lawrence larry|raymond ray|ronald ron ronnie|gerald jerry gerry|jerrold
jerry|walter walt|frederick fred freddie|nicholas nick|philip phil phillip|peter pete|alexander alex sasha|albert al
bert|douglas doug|russell russ|zachary zach zac zack|joshua josh|jonathan jon john|nathaniel nathan nate|bernard bernie
|elizabeth liz beth betsy betty lisa|margaret maggie meg peggy|katherine kate kathy katie catherine cathy kathryn
|deborah deb debbie debra|barbara barb|susan sue susie|jennifer jen jenny|jacqueline jackie|victoria vicki|rebecca
becky|pamela pam|cynthia cindy|virginia ginny|kimberly kim|abigail abby|mohammed mohammad mohamed muhammad mohamad
|sergei sergey|volodymyr vladimir|arthur art|leonard len|eugene gene|rodney rod|roderick rod|rudolph rudy|vincent vince
|mitchell mitch|francis frank|franklin frank|harold harry hal|henry hank harry|lewis lou louis|martin marty|ahmad ahmed
"""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EITHER_NAMES: Final = _set(_EITHER)
GENDER: Final[dict[str, str]] = {
    **dict.fromkeys(_EITHER_NAMES, ""),
    **dict.fromkeys(_set(_MEN) - _EITHER_NAMES - _set(_WOMEN), "m"),
    **dict.fromkeys(_set(_WOMEN) - _EITHER_NAMES - _set(_MEN), "f"),
    **dict.fromkeys(_set(_WOMEN) & _set(_MEN), ""),
}
_ENDING: Final = re.compile(r"(?:ie|ey|y|i)$")
_SHORT_FORMS: Final[dict[str, frozenset[int]]] = {}
for _number, _entry in enumerate(_SHORT.replace("\n", " ").split("|")):
    for _word in _entry.split():
        _SHORT_FORMS[_word] = _SHORT_FORMS.get(_word, frozenset()) | {_number}


def are_compatible(one: str, other: str) -> bool:
    """Whether two first names in small letters can be one person's: equal, an initial, a short form."""
    one, other = one.rstrip("."), other.rstrip(".")
    if not one or not other or one == other or _ENDING.sub("i", one) == _ENDING.sub("i", other):
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return bool(_SHORT_FORMS.get(one, frozenset()) & _SHORT_FORMS.get(other, frozenset()))
