"""A small library with one skill, one module of one lesson, and one item of every kind."""

from __future__ import annotations

FRAMEWORK = """\
version: 1
levels:
  - {level: 1, name: {en: Not yet, ko: 아직}, meaning: {en: Not there., ko: 없어요.}}
  - {level: 2, name: {en: With help, ko: 도움받아}, meaning: {en: With help., ko: 도움받아요.}}
  - {level: 3, name: {en: Alone, ko: 혼자서}, meaning: {en: Alone., ko: 혼자 해요.}}
  - {level: 4, name: {en: Could teach, ko: 가르칠 만큼}, meaning: {en: Teaches., ko: 가르쳐요.}}
skills:
  - id: negotiate
    name: {en: Negotiate, ko: 협상}
    kind: behaviour
    goal: convert
    summary: {en: Trades., ko: 주고받아요.}
    anchors:
      1: {en: gives in., ko: 그냥 깎아 줘요.}
      2: {en: asks back., ko: 되물어요.}
      3: {en: trades., ko: 바꿔요.}
      4: {en: plans trades., ko: 미리 짜요.}
roles:
  - id: account-manager
    name: {en: Account manager, ko: 영업 담당}
    plural: {en: Account managers, ko: 영업 담당}
    summary: {en: Carries a deal., ko: 거래를 이끌어요.}
    start_plan_weeks: 8
    targets:
      - {skill: negotiate, level: 3, weight: 4}
"""

RUBRIC = """\
skill: negotiate
version: 1
criteria:
  - {id: trades, name: {en: Trades, ko: 바꿈}, met: {en: Asks back., ko: 되물어요.}, not_met: {en: Gives., ko: 줘요.}}
  - {id: waits, name: {en: Waits, ko: 기다림}, met: {en: Waits., ko: 기다려요.}, not_met: {en: Talks., ko: 말해요.}}
  - {id: writes, name: {en: Writes, ko: 적음}, met: {en: Notes it., ko: 적어요.}, not_met: {en: Forgets., ko: 잊어요.}}
"""

ITEMS = """\
skill: negotiate
items:
  - id: ne-first
    use: lesson
    step: 2
    kind: single
    stem: {en: What first?, ko: 무엇부터요?}
    options:
      - {id: a, right: true, text: {en: OK, ko: 물어요}, why: {en: Yes., ko: 맞아요.}}
      - {id: b, text: {en: No, ko: 아니요}, why: {en: Too soon., ko: 일러요.}}
  - id: ne-second
    use: lesson
    step: 2
    kind: true_false
    stem: {en: A trade costs both., ko: 둘 다 내줘요.}
    answer: true
    why: {en: It does., ko: 그래요.}

  # kept for the check
  - id: ne-c-many
    use: check
    step: 2
    kind: multiple
    stem: {en: Which ones?, ko: 어느 것들이요?}
    options:
      - {id: a, right: true, text: {en: Term, ko: 기간}, why: {en: Yes., ko: 네.}}
      - {id: b, right: true, text: {en: Amount, ko: 수량}, why: {en: Yes., ko: 네.}}
      - {id: c, text: {en: Mood, ko: 기분}, why: {en: No., ko: 아니요.}}
  - id: ne-c-order
    use: check
    step: 2
    kind: order
    stem: {en: Which order?, ko: 어떤 차례요?}
    sequence:
      - {id: one, text: {en: Ask, ko: 묻기}}
      - {id: two, text: {en: Offer, ko: 제안}}
      - {id: three, text: {en: Write, ko: 적기}}
    why: {en: Asking comes first., ko: 묻기가 먼저예요.}
  - id: ne-c-match
    use: check
    step: 2
    kind: match
    stem: {en: What for what?, ko: 무엇과 무엇이요?}
    pairs:
      - {id: one, left: {en: Price, ko: 값}, right: {en: Amount, ko: 수량}}
      - {id: two, left: {en: Speed, ko: 속도}, right: {en: Fee, ko: 요금}}
    why: {en: Each has its price., ko: 저마다 값이 있어요.}
  - id: ne-c-number
    use: check
    step: 3
    kind: number
    stem: {en: How many percent?, ko: 몇 퍼센트예요?}
    answer: 20
    tolerance: 0.5
    unit: {en: "%", ko: "%"}
    why: {en: 20 of 100., ko: 100에서 20이에요.}
  - id: ne-c-word
    use: check
    step: 2
    kind: short_text
    stem: {en: One word for it?, ko: 한 낱말로요?}
    accept: {en: [trade, a trade], ko: [교환]}
    why: {en: One gives and takes., ko: 주고받아요.}
"""

MODULE = """\
id: trade
title: {en: Trade, ko: 주고받기}
summary: {en: Give and take., ko: 주고받아요.}
roles: [account-manager]
lessons:
  - id: ne-trade-once
    slug: trade-once
    skill: negotiate
    from_level: 1
    to_level: 2
    minutes: 8
    check: {id: ne-trade-once-check, items: [ne-c-many, ne-c-order, ne-c-match, ne-c-number, ne-c-word]}
"""

LESSON_EN = """\
---
title: Trade once
summary: Give nothing without asking back.
---
## Why trade {#why}
A discount given for nothing is asked for again.

> **Customer, a clinic:** "Can you do 5 % less?"
>
> **You:** "If you take six months, yes."

## What first {#first item=ne-first}

## True or not {#true item=ne-second}
Think of **last week**.

## Try it {#try task}
Ask for one thing back.
"""

LESSON_KO = """\
---
title: 한 번 주고받기
summary: 그냥 주지 말고 하나를 달라고 해요.
---
## 왜 주고받나요 {#why}
그냥 깎아 주면 다음에 또 깎아 달라고 해요.

> **고객, 의원:** “5 % 깎아 주실 수 있나요?”
>
> **나:** “여섯 달치를 하시면요.”

## 무엇부터 {#first item=ne-first}

## 맞을까요 {#true item=ne-second}
**“지난주”**를 떠올려요.

## 해 봐요 {#try task}
하나를 되물어요.
"""

PATH = """\
role: account-manager
steps:
  - {week: 2, module: trade}
"""

SCENARIO = """\
id: five-percent
title: {en: Five percent, ko: 5 퍼센트}
summary: {en: Trade a discount., ko: 할인을 맞바꿔요.}
skill: negotiate
roles: [account-manager]
level: 2
minutes: 6
customer: {name: {en: Ms Ahn, ko: 안수진}, role: {en: runs a clinic, ko: 의원 원장}}
brief: {en: She wants five percent., ko: 5 퍼센트를 원해요.}
start: {trust: 50, deal: 30}
first: opening
nodes:
  - id: opening
    says: {en: Five percent less?, ko: 5 퍼센트 깎아 주세요.}
    answers:
      - id: a
        text: {en: Yes of course, ko: 네 그럼요}
        trust: -10
        deal: 5
        why: {en: Given for nothing., ko: 그냥 줬어요.}
        criterion: trades
        shows: not
        next: second
      - id: b
        text: {en: For what?, ko: 왜요?}
        trust: 10
        deal: 5
        why: {en: Asked back., ko: 되물었어요.}
        criterion: trades
        shows: met
        next: second
  - id: second
    says: {en: Well., ko: 글쎄요.}
    answers:
      - {id: a, text: {en: Wait on, ko: 기다려 봐요}, trust: 5, deal: 5, why: {en: She goes on., ko: 이어 말해요.},
         criterion: waits, shows: met, next: third}
      - {id: b, text: {en: Talk on, ko: 계속 말하기}, trust: -5, deal: 0, why: {en: Too much., ko: 너무 많아요.},
         criterion: waits, shows: half, next: third}
  - id: third
    says: {en: Six months then., ko: 그럼 여섯 달이요.}
    answers:
      - {id: a, text: {en: Bye now, ko: 안녕히}, trust: -30, deal: -30, why: {en: Gone., ko: 끝났어요.}, next: gone}
      - {id: b, text: {en: Write it, ko: 적을게요}, trust: 10, deal: 30, why: {en: Fixed., ko: 굳혔어요.}, next: signed}
  - id: signed
    says: {en: Done., ko: 좋아요.}
    end: won
    lesson: {en: You asked back., ko: 되물었어요.}
  - id: gone
    says: {en: Bye., ko: 네 끊을게요.}
    end: lost
    lesson: {en: It never got fixed., ko: 굳히지 못했어요.}
"""

EN = "modules/trade/lessons/01-trade-once.en.md"
KO = "modules/trade/lessons/01-trade-once.ko.md"
GOOD = {
    "framework.yml": FRAMEWORK,
    "rubrics/negotiate.yml": RUBRIC,
    "items/negotiate.yml": ITEMS,
    "modules/trade/module.yml": MODULE,
    EN: LESSON_EN,
    KO: LESSON_KO,
    "paths/account-manager.yml": PATH,
    "scenarios/five-percent.yml": SCENARIO,
}
