#!/usr/bin/env python3
"""Writes french.txt, the French news prose of the oracle test: sentences of our own, and more of
their kind put together from parts, always the same. usage: make_french.py > french.txt"""
import itertools

WRITTEN = """
Le président du Tchad a reçu mardi à N'Djaména une délégation de l'Union africaine.
Les rebelles ont attaqué un poste militaire près de la frontière, tuant au moins douze soldats.
« Nous n'avons pas signé cet accord », a déclaré le porte-parole du mouvement.
Selon le ministre de l'Intérieur, Jean Dubois, trois manifestants ont été arrêtés à Lyon.
L'Organisation des Nations unies demande aux deux camps de respecter le cessez-le-feu.
Paris et Berlin se sont mis d'accord sur l'envoi d'une aide d'urgence de 25 millions d'euros.
Aucune victime n'a été signalée, mais plusieurs maisons ont brûlé dans la nuit de lundi à mardi.
Le gouvernement malien n'exclut pas de rompre ses relations avec la France.
Des milliers de personnes ont défilé samedi dans les rues de Bruxelles contre la réforme.
Le tribunal a condamné l'ancien ministre à quatre ans de prison pour corruption.
Qui a donné l'ordre de tirer ? La question reste posée.
Mme Ndiaye, qui dirige l'opposition depuis 2019, s'est dite prête à négocier.
La Russie aurait livré des armes au régime, ce que Moscou dément.
Après deux semaines de pourparlers à Genève, les délégués sont repartis sans résultat.
Les autorités ont annoncé qu'elles rouvriraient l'aéroport dès que la sécurité le permettrait.
Le Premier ministre a exhorté les grévistes à reprendre le travail.
Au moins 40 000 déplacés vivent aujourd'hui dans des camps au nord du pays.
« C'est une victoire pour la paix », s'est félicitée la médiatrice, Anne-Marie Keller.
L'armée israélienne et le Hezbollah ont échangé des tirs vendredi soir.
Le Sénat examinera le texte le 12 mars ; il devrait l'adopter sans modification.
D'après l'AFP, quelqu'un aurait prévenu les habitants peu avant l'explosion.
Il s'agit du troisième coup d'État en moins de cinq ans.
Le Canada, l'Australie et le Japon ont gelé les avoirs de la société.
Peut-être faudra-t-il attendre l'automne pour que les élections aient lieu.
Les pêcheurs du lac accusent la police d'avoir confisqué leurs filets.
Bien qu'affaiblie, la milice contrôle encore la route qui mène au port.
Le secrétaire général, António Guterres, a condamné l'attaque « dans les termes les plus fermes ».
À Kinshasa, on s'inquiète : les prix du pain ont doublé depuis janvier.
""".strip().splitlines()

WHO = ["Le gouvernement", "La junte", "L'Union européenne", "Le ministre des Affaires étrangères",
       "Un porte-parole de l'armée", "La présidente du Parlement", "L'opposition", "Washington",
       "Le général Moreau", "La Cour suprême"]
DID = ["a annoncé {} la libération de {}", "a dénoncé {} l'arrestation de {}",
       "a ordonné {} l'expulsion de {}", "négocie {} le retour de {}",
       "a refusé {} de commenter la mort de {}", "avait promis {} de protéger {}",
       "demande {} une enquête sur la disparition de {}"]
WHEN = ["lundi", "le 3 avril 2024", "hier soir", "la semaine dernière", "à Dakar"]
WHOM = ["deux journalistes belges", "plusieurs chefs rebelles", "M. Traoré", "dix civils",
        "l'ambassadeur d'Espagne", "trois cents prisonniers", "la militante Awa Sow"]
END = [".", ", selon une source diplomatique.", ", malgré les pressions de l'Algérie.",
       " après une longue réunion à l'Élysée.", ", a rapporté Radio Okapi."]


def main():
    made = []
    for i, (who, did) in enumerate(itertools.product(WHO, DID)):
        when, whom, end = WHEN[i % 5], WHOM[(i * 3) % 7], END[(i * 2 + i // 7) % 5]
        made.append(f"{who} {did.format(when, whom)}{end}")
    lines = [line for pair in itertools.zip_longest(made, WRITTEN * 3) for line in pair if line]
    for i in range(0, len(lines), 6):
        print(" ".join(lines[i:i + 6]) + "\n")


if __name__ == "__main__":
    main()
